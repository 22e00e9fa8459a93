package io.levee.engine.query.pipe;

import io.levee.engine.query.Spelling;
import io.levee.engine.query.eval.QueryFault;
import io.levee.engine.query.eval.TimeFormat;
import io.levee.engine.query.eval.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code convert}: values in another form. */
public record Convert(String timeFormat, List<Change> changes) implements Stage {
  private static final List<String> FORMS =
      List.of("num", "rmunit", "rmcomma", "ctime", "mktime", "dur2sec", "memk", "none");
  private static final Pattern LEADING = Pattern.compile("\\s*(-?\\d+(?:\\.\\d+)?)\\s*(\\S*).*");
  private static final Pattern CLOCK = Pattern.compile("(?:(\\d+)\\+)?(\\d+):(\\d\\d):(\\d\\d)");

  /** One field. */
  public record Change(String form, String field, String as) {}

  static final Command COMMAND =
      Command.of(
          "convert",
          "convert [timeformat=\"%Y-%m-%d %H:%M:%S\"] form(field) [as name] …",
          "Forms: `num` a number, `rmunit` without what follows the number, `rmcomma` without"
              + " commas, `ctime` a moment in words, `mktime` words to a moment, `dur2sec` hh:mm:ss"
              + " to seconds, `memk` 3m or 2g to kilobytes.",
          Convert::read,
          "* | head 1 | convert timeformat=\"%H:%M\" ctime(_time) as clock | table clock");

  public Convert {
    changes = List.copyOf(changes);
  }

  private static Stage read(StageReader in) {
    String format = in.takeOption("timeformat") ? in.value() : "%Y-%m-%d %H:%M:%S";
    List<Change> changes = new ArrayList<>();
    while (!in.atEnd()) {
      int at = in.text().position();
      String form = in.text().name();
      if (!FORMS.contains(form)) {
        throw new QueryFault(
            "convert: \"" + form + "\" is no form (expected: " + String.join(", ", FORMS) + ")",
            at,
            Math.max(1, form.length()),
            Spelling.nearest(form, FORMS));
      }
      in.text().expect("(", "convert");
      String field = in.field();
      in.text().expect(")", "convert");
      changes.add(new Change(form, field, in.takeWord("as") ? in.field() : field));
      in.text().take(",");
    }
    return new Convert(format, changes);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(
        next,
        row -> {
          for (Change change : changes) {
            row.put(change.as(), converted(change.form(), row.get(change.field()), run));
          }
          return row;
        });
  }

  private Value converted(String form, Value value, Run run) {
    if (value.isNothing()) {
      return value;
    }
    String text = value.asText();
    double number = value.asNumber();
    return switch (form) {
      case "num" -> Value.number(Double.isNaN(number) ? leading(text.replace(",", "")) : number);
      case "rmunit" -> Value.number(leading(text));
      case "rmcomma" -> Value.number(Value.text(text.replace(",", "")).asNumber());
      case "ctime" ->
          Double.isNaN(number)
              ? value
              : Value.text(
                  TimeFormat.write(
                      Instant.ofEpochMilli(Math.round(number * 1000)),
                      timeFormat,
                      run.setting().zone()));
      case "mktime" -> TimeFormat.read(text, timeFormat, run.setting().zone());
      case "dur2sec" -> Value.number(seconds(text));
      case "memk" -> Value.number(kilobytes(text));
      default -> value;
    };
  }

  private static double leading(String text) {
    Matcher matcher = LEADING.matcher(text);
    return matcher.matches() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }

  private static double seconds(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (!clock.matches()) {
      return Value.text(text).asNumber();
    }
    double days = clock.group(1) == null ? 0 : Double.parseDouble(clock.group(1));
    return days * 86_400
        + Double.parseDouble(clock.group(2)) * 3_600
        + Double.parseDouble(clock.group(3)) * 60
        + Double.parseDouble(clock.group(4));
  }

  private static double kilobytes(String text) {
    Matcher matcher = LEADING.matcher(text);
    if (!matcher.matches()) {
      return Double.NaN;
    }
    double factor =
        switch (matcher.group(2).toLowerCase(java.util.Locale.ROOT)) {
          case "g", "gb" -> 1024 * 1024;
          case "m", "mb" -> 1024;
          default -> 1;
        };
    return Double.parseDouble(matcher.group(1)) * factor;
  }

  @Override
  public @Nullable List<String> columns(@Nullable List<String> before) {
    if (before == null) {
      return null;
    }
    List<String> columns = new ArrayList<>(before);
    changes.stream().map(Change::as).filter(as -> !before.contains(as)).forEach(columns::add);
    return columns;
  }

  @Override
  public String show() {
    return "convert "
        + String.join(
            ", ",
            changes.stream().map(c -> c.form() + "(" + c.field() + ") as " + c.as()).toList());
  }
}
