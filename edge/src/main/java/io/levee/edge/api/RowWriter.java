package io.levee.edge.api;

import io.levee.engine.ask.Plan;
import io.levee.engine.query.pipe.Row;
import java.io.IOException;
import java.util.List;

/** Writes an answer row by row. Used by one thread. */
interface RowWriter {
  void begin(Plan plan) throws IOException;

  /** Writes a row; false when the reader has gone. */
  boolean row(Row row);

  /**
   * Writes what is left.
   *
   * @param partial why the answer is not whole; empty when it is
   */
  void end(List<String> partial) throws IOException;

  /** Says that the answer ends here because something failed. */
  void failed(String why) throws IOException;

  /** Throws what went wrong while writing a row. */
  void check() throws IOException;
}
