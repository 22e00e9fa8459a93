package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.query.Spelling;
import io.levee.engine.query.eval.PipeText;
import io.levee.engine.query.eval.QueryFault;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.TimeModifier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question: a filter as {@link QueryParser} reads it, {@code earliest=} and {@code latest=}
 * among its words, then stages behind bars. Text between three backticks is a remark. Pure and
 * thread-safe; never throws, whatever the text.
 */
public final class PipelineParser {
  /** The longest question, in chars. */
  public static final int TEXT_CHARS_MAX = 16_384;

  /** How many stages a question may have. */
  public static final int STAGES_MAX = 50;

  private static final int SUBSEARCHES_MAX = 2;
  private static final Pattern REMARK = Pattern.compile("```.*?```", Pattern.DOTALL);
  private static final Pattern TIME_WORD =
      Pattern.compile("(?i)(?<![\\w.:=<>\"])(earliest|latest)\\s*=\\s*(\"[^\"]*\"|[^\\s()|]+)");
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*search\\s+(?=\\S)");
  private static final Setting ANY_TIME = new Setting(Instant.EPOCH, ZoneOffset.UTC);

  /** What came of reading. */
  public sealed interface Result {}

  /** It is a question. */
  public record Read(Pipeline pipeline) implements Result {}

  /**
   * It is none.
   *
   * @param position of the char where it goes wrong, from 0
   * @param line of that char, from 1
   * @param column of that char in its line, from 1
   * @param offending the text that is wrong
   * @param suggestion the nearest word that would do, if there is one
   */
  public record Misread(
      String message,
      int position,
      int line,
      int column,
      String offending,
      @Nullable String suggestion)
      implements Result {
    /** In one sentence, with the place. */
    public String sentence() {
      String hint = suggestion == null ? "" : "; did you mean " + suggestion + "?";
      String at = " at line " + line + ", column " + column;
      return message + at + (offending.isBlank() ? "" : " near \"" + offending + "\"") + hint;
    }
  }

  private int depth;

  private PipelineParser() {}

  /** Reads a question; an empty one asks for every event. */
  public static Result parse(String text) {
    if (text.length() > TEXT_CHARS_MAX) {
      String message =
          "question: " + text.length() + " characters (expected: at most " + TEXT_CHARS_MAX + ")";
      return new Misread(message, TEXT_CHARS_MAX, 1, 1, "", null);
    }
    try {
      PipeText in = new PipeText(withoutRemarks(text));
      return new Read(new PipelineParser().pipeline(in));
    } catch (QueryFault fault) {
      return misread(text, fault);
    }
  }

  /** The same text with blanks in the place of remarks. */
  static String withoutRemarks(String text) {
    return blanked(REMARK, text);
  }

  /** The same filter with blanks in the place of what chooses the time. */
  static String withoutTimes(String filter) {
    return blanked(TIME_WORD, filter);
  }

  private static String blanked(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(r -> " ".repeat(r.group().length()));
  }

  private static Misread misread(String text, QueryFault fault) {
    int at = Math.clamp(fault.position(), 0, text.length());
    int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    int column = at - text.lastIndexOf('\n', at - 1);
    String offending =
        text.substring(at, Math.min(text.length(), at + Math.min(80, fault.length())));
    return new Misread(fault.text(), at, line, column, offending, fault.suggestion());
  }

  /** Reads the stretch to its end. */
  private Pipeline pipeline(PipeText in) {
    int base = in.position();
    int end = in.end();
    List<int[]> parts = StageSplitter.split(in.between(base, end));
    if (parts.size() > STAGES_MAX + 1) {
      throw new QueryFault("more than " + STAGES_MAX + " stages", end, 1, null);
    }
    int[] first = parts.getFirst();
    Filter filter = filter(in.between(base + first[0], base + first[1]), base + first[0]);
    List<Stage> stages = new ArrayList<>();
    for (int[] part : parts.subList(1, parts.size())) {
      in.stretch(base + part[0], base + part[1]);
      Stage stage = stage(in);
      if (stage instanceof Compare compare) {
        // It asks all that stands before it once more, at the time that it says.
        stage =
            new Compare(
                compare.earlier(), new Pipeline(filter.query, null, null, stages, List.of()));
      }
      stages.add(stage);
    }
    in.stretch(end, end);
    return new Pipeline(filter.query, filter.earliest, filter.latest, stages, filter.hints);
  }

  private record Filter(
      Query query, @Nullable String earliest, @Nullable String latest, List<String> hints) {}

  private static Filter filter(String written, int at) {
    Matcher word = FIRST_WORD.matcher(written);
    String text =
        word.lookingAt() ? " ".repeat(word.end()) + written.substring(word.end()) : written;
    String earliest = null;
    String latest = null;
    Matcher time = TIME_WORD.matcher(text);
    while (time.find()) {
      String value = time.group(2).replace("\"", "");
      checkTime(value, at + time.start(2), time.group(2).length());
      if (time.group(1).toLowerCase(Locale.ROOT).equals("earliest")) {
        earliest = value;
      } else {
        latest = value;
      }
    }
    text = withoutTimes(text);
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed ->
          new Filter(parsed.query(), earliest, latest, parsed.hints());
      case QueryParser.SyntaxError error ->
          throw new QueryFault(error.message(), at + error.position(), 1, error.suggestion());
    };
  }

  private static void checkTime(String value, int at, int length) {
    try {
      TimeModifier.resolve(value, ANY_TIME);
    } catch (IllegalArgumentException e) {
      throw new QueryFault(String.valueOf(e.getMessage()), at, length, null);
    }
  }

  private Stage stage(PipeText in) {
    in.skipBlanks();
    int at = in.position();
    String name = in.name();
    if (name.isEmpty()) {
      throw in.wrong("a command is missing behind |");
    }
    Command command = Commands.find(name.toLowerCase(Locale.ROOT));
    if (command == null) {
      throw new QueryFault(
          name + ": no command of that name",
          at,
          name.length(),
          Spelling.nearest(name, Commands.names()));
    }
    StageReader reader = new StageReader(in, name.toLowerCase(Locale.ROOT), this::subsearch);
    Stage stage = command.reading().read(reader);
    if (!in.atEnd()) {
      throw in.wrong(
          command.name() + ": nothing more is expected; it is written " + command.syntax());
    }
    return stage;
  }

  private Pipeline subsearch(PipeText in) {
    if (++depth > SUBSEARCHES_MAX) {
      throw in.wrong("questions within questions within questions");
    }
    Pipeline pipeline = pipeline(in);
    depth--;
    return pipeline;
  }
}
