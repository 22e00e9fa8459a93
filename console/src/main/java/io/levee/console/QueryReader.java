package io.levee.console;

import io.levee.engine.query.Query;

/** Reads what people type into a search box. Thread-safe. */
@FunctionalInterface
public interface QueryReader {
  /** What came of it. */
  sealed interface Reading {}

  /** It is a query. */
  record Understood(Query query) implements Reading {}

  /**
   * It is not.
   *
   * @param message what is wrong
   * @param position where, from 0
   */
  record Misread(String message, int position) implements Reading {}

  Reading read(String text);
}
