package io.levee.engine.query.eval;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a question, and where. Ends the reading of it; caught where reading begins.
 */
public final class QueryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final int length;
  private final @Nullable String suggestion;

  /**
   * @param position of the first char that is wrong, from 0
   * @param length of what is wrong, in chars
   * @param suggestion the nearest word that would do, if there is one
   */
  public QueryFault(String message, int position, int length, @Nullable String suggestion) {
    super(message, null, false, false);
    this.position = position;
    this.length = length;
    this.suggestion = suggestion;
  }

  public String text() {
    return String.valueOf(getMessage());
  }

  public int position() {
    return position;
  }

  public int length() {
    return length;
  }

  public @Nullable String suggestion() {
    return suggestion;
  }
}
