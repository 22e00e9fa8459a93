package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code patterns}: messages that differ in numbers and names only, counted together. */
public record PatternsStage(String field, int limit) implements Stage {
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\b[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\\b");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]{0,200}\"|'[^']{0,200}'");
  private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b");
  private static final Pattern HEX = Pattern.compile("\\b(?:0x)?(?=\\w*\\d)[0-9a-fA-F]{6,}\\b");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:[.,:]\\d+)*");
  private static final int CHARS_MAX = 500;

  static final Command COMMAND =
      Command.of(
          "patterns",
          "patterns [limit=50] [field=_raw]",
          "Counts messages by what is left of them without numbers, identifiers, addresses and"
              + " quoted text, the most frequent first, with one of them as a sample.",
          PatternsStage::read,
          "* | patterns limit=5");

  private static Stage read(StageReader in) {
    String field = "_raw";
    int limit = 50;
    while (!in.atEnd()) {
      if (in.takeOption("limit")) {
        limit = in.number("limit", 1, 10_000);
      } else if (in.takeOption("field")) {
        field = in.field();
      } else {
        throw in.wrong("expected limit= or field=");
      }
    }
    return new PatternsStage(field, limit);
  }

  private static final class Counted {
    private final String sample;
    private long count;

    Counted(String sample) {
      this.sample = sample;
    }
  }

  @Override
  public Step step(Step next, Run run) {
    Map<String, Counted> found = new LinkedHashMap<>();
    return new Step() {
      private long total;

      @Override
      public boolean row(Row row) {
        String text = row.get(field).asText();
        String pattern = pattern(text);
        Counted counted = found.get(pattern);
        if (counted == null) {
          if (!run.hold("patterns")) {
            return true;
          }
          counted = new Counted(text);
          found.put(pattern, counted);
        }
        counted.count += row.weight();
        total += row.weight();
        return true;
      }

      @Override
      public void end() {
        List<Map.Entry<String, Counted>> sorted = new ArrayList<>(found.entrySet());
        sorted.sort(Comparator.comparingLong(entry -> -entry.getValue().count));
        for (var entry : sorted.subList(0, Math.min(limit, sorted.size()))) {
          Counted counted = entry.getValue();
          Row row = Row.fresh(run.setting());
          row.put("pattern", Value.text(entry.getKey()));
          row.put("count", Value.number((double) counted.count));
          row.put("percent", Value.number(Math.rint(1e4 * counted.count / total) / 1e2));
          row.put("sample", Value.text(counted.sample));
          if (!next.row(row)) {
            break;
          }
        }
        next.end();
      }
    };
  }

  /** What is left of a message without what differs from one to the next. */
  private static String pattern(String text) {
    String line = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text;
    line = IDENTIFIER.matcher(line).replaceAll("<id>");
    line = QUOTED.matcher(line).replaceAll("<text>");
    line = ADDRESS.matcher(line).replaceAll("<address>");
    line = HEX.matcher(line).replaceAll("<hex>");
    return NUMBER.matcher(line).replaceAll("<n>");
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    return List.of("pattern", "count", "percent", "sample");
  }

  @Override
  public String show() {
    return "patterns limit=" + limit + " field=" + field;
  }
}
