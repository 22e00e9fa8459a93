package io.levee.edge.elmah;

import io.levee.engine.query.Query;

/** Reads what people type into a search field. Thread-safe; never throws for the text. */
@FunctionalInterface
public interface QueryReader {
  /** What came of reading. */
  sealed interface Read {}

  /** It is a query. */
  record Understood(Query query) implements Read {}

  /**
   * It is none.
   *
   * @param message what is wrong and where
   */
  record Wrong(String message) implements Read {}

  Read read(String text);
}
