package io.levee.engine.query.eval;

/**
 * A function of expressions.
 *
 * @param name lower case
 * @param signature how it is written
 * @param meaning one line
 * @param example an expression without fields
 * @param least how many arguments it needs
 * @param most how many it takes
 * @param body what it computes
 */
public record Function(
    String name, String signature, String meaning, String example, int least, int most, Body body) {
  /** Computes; pure. */
  @FunctionalInterface
  public interface Body {
    Value of(Arguments arguments);
  }

  /** Whether it looks at fields that its arguments don't name. */
  boolean readsAnything() {
    return name.equals("searchmatch");
  }
}
