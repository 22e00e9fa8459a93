package io.levee.engine.query.pipe;

/** A stage at work: takes rows and gives rows to the next. Used by one thread. */
public interface Step {
  /**
   * Takes a row, which is the step's from now on.
   *
   * @return false when it needs no more, so that those before it can stop
   */
  boolean row(Row row);

  /** There are no more rows; called once, whatever {@link #row} said. */
  void end();
}
