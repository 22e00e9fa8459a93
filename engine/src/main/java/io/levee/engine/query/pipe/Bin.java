package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.QueryFault;
import io.levee.engine.query.eval.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code bin}: values in steps.
 *
 * @param step of time, for the field {@code _time}; null for numbers
 * @param width of a step of numbers; 0 for times
 */
public record Bin(String field, @Nullable Span step, double width, String as) implements Stage {
  static final Command COMMAND =
      Command.of(
              "bin",
              "bin field span=step [as name]",
              "Puts values into steps: the beginning of the step for `_time`, and for numbers"
                  + " `from-to`.",
              Bin::read,
              "* | bin _time span=6h | stats count by _time",
              "* | bin duration span=500 as slowness | stats count by slowness")
          .called("bucket");

  private static Stage read(StageReader in) {
    String span = "1h";
    String field = null;
    String as = null;
    int at = in.text().position();
    while (!in.atEnd()) {
      if (in.takeOption("span")) {
        in.text().skipBlanks();
        at = in.text().position();
        span = in.value();
      } else if (in.takeWord("as")) {
        as = in.field();
      } else {
        field = in.field();
      }
    }
    if (field == null) {
      throw in.wrong("a field's name is missing");
    }
    boolean time = field.equals(Row.TIME);
    Span step = time ? Span.parse(span) : null;
    double width = time ? 0 : io.levee.engine.query.Values.number(span);
    if (time ? step == null : !(width > 0)) {
      String expected = time ? "a step of time such as 5m" : "a number above zero";
      throw new QueryFault(
          "bin: span: \"" + span + "\" (expected: " + expected + ")", at, span.length(), null);
    }
    return new Bin(field, step, width, as == null ? field : as);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, row -> row.put(as, binned(row, run)));
  }

  private Value binned(Row row, Run run) {
    double value = row.get(field).asNumber();
    if (Double.isNaN(value)) {
      return Value.nothing();
    }
    if (step != null) {
      Instant time = Instant.ofEpochSecond((long) Math.floor(value));
      return Value.number((double) step.floor(time, run.setting().zone()).getEpochSecond());
    }
    double from = Math.floor(value / width) * width;
    return Value.text(Value.format(from) + "-" + Value.format(from + width));
  }

  @Override
  public void needs(Needs needs, Run run) {
    if (step != null) {
      needs.time(step);
    } else {
      needs.read(field);
    }
    needs.assign(as);
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null) {
      return null;
    }
    LinkedHashSet<String> columns = new LinkedHashSet<>(before);
    columns.add(as);
    return new ArrayList<>(columns);
  }

  @Override
  public String show() {
    return "bin "
        + field
        + " span="
        + (step == null ? Value.format(width) : step)
        + (as.equals(field) ? "" : " as " + as);
  }
}
