package io.levee.engine.grouping;

/**
 * Why rules don't compile.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, the word in question, and what was expected
 */
public record RuleError(int line, int column, String message) {
  @Override
  public String toString() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
