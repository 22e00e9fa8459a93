package io.levee.engine.query.pipe;

import com.google.re2j.Matcher;
import io.levee.engine.query.eval.Patterns;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code makemv}: several values out of one.
 *
 * @param pattern of what stands between values, or with {@code tokenizer} of a value in a group
 */
public record MakeMv(String field, String pattern, boolean tokenizer, boolean allowEmpty)
    implements Stage {
  static final Command COMMAND =
      Command.of(
          "makemv",
          "makemv [delim=\",\"] [tokenizer=\"(regex)\"] [allowempty=f] field",
          "Cuts a value into several.",
          MakeMv::read,
          "* | eval parts=\"a,b\" | makemv delim=\",\" parts | head 1 | table parts");

  private static Stage read(StageReader in) {
    String pattern = com.google.re2j.Pattern.quote(" ");
    boolean tokenizer = false;
    boolean allowEmpty = false;
    while (true) {
      if (in.takeOption("delim")) {
        pattern = com.google.re2j.Pattern.quote(in.value());
      } else if (in.takeOption("tokenizer")) {
        pattern = in.regex();
        tokenizer = true;
      } else if (in.takeOption("allowempty")) {
        allowEmpty = in.truth("allowempty");
      } else {
        break;
      }
    }
    return new MakeMv(in.field(), pattern, tokenizer, allowEmpty);
  }

  @Override
  public Step step(Step next, Run run) {
    return new RowStep(next, row -> row.put(field, cut(row.get(field).asText())));
  }

  private Value cut(String text) {
    List<Value> values = new ArrayList<>();
    Matcher matcher = Patterns.regex(pattern).matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (tokenizer) {
        add(values, matcher.group(Math.min(1, matcher.groupCount())));
      } else if (matcher.end() > matcher.start()) {
        add(values, text.substring(from, matcher.start()));
        from = matcher.end();
      }
    }
    if (!tokenizer) {
      add(values, text.substring(from));
    }
    return Value.many(values);
  }

  private void add(List<Value> values, @org.jspecify.annotations.Nullable String value) {
    if (value != null && (allowEmpty || !value.isEmpty())) {
      values.add(Value.text(value));
    }
  }

  @Override
  public String show() {
    return "makemv " + (tokenizer ? "tokenizer=" : "delim=") + '"' + pattern + "\" " + field;
  }
}
