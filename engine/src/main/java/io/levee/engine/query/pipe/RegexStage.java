package io.levee.engine.query.pipe;

import com.google.re2j.Pattern;
import io.levee.engine.query.eval.Patterns;

/** {@code regex}: keeps rows in which a regular expression finds something. */
public record RegexStage(String field, boolean negated, String pattern) implements Stage {
  static final Command COMMAND =
      Command.of(
          "regex",
          "regex [field=|field!=]\"regex\"",
          "Keeps rows in whose field (`_raw` unless it is named) the regular expression finds"
              + " something, or with `!=` does not.",
          RegexStage::read,
          "* | regex message=\"(?i)timeout|refused\" | stats count");

  private static Stage read(StageReader in) {
    if (in.text().lookingAtQuote()) {
      return new RegexStage("_raw", false, in.regex());
    }
    String field = in.field();
    boolean negated = in.text().take("!=");
    if (!negated) {
      in.text().expect("=", "regex");
    }
    return new RegexStage(field, negated, in.regex());
  }

  @Override
  public Step step(Step next, Run run) {
    Pattern compiled = Patterns.regex(pattern);
    return new RowStep(
        next,
        row -> {
          boolean found =
              row.get(field).items().stream()
                  .anyMatch(value -> compiled.matcher(value.asText()).find());
          return found == negated ? null : row;
        });
  }

  @Override
  public void needs(Needs needs, Run run) {
    needs.read(field);
  }

  @Override
  public String show() {
    return "regex " + field + (negated ? "!=" : "=") + '"' + pattern + '"';
  }
}
