package io.levee.engine.query.pipe;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A stage at work: takes rows and gives rows to the next. Used by one thread. */
public interface Step {
  /**
   * Takes a row, which is the step's from now on.
   *
   * @return false when it needs no more, so that those before it can stop
   */
  boolean row(Row row);

  /**
   * Which of the rows it takes it will keep; null when it has to see all. A step before it that
   * knows all its rows may give it only those, and all that equal the last of them.
   */
  default @Nullable Choice choice() {
    return null;
  }

  /**
   * The first so many rows in an order; of equal ones those that came first.
   *
   * @param most 1 or more
   */
  record Choice(Comparator<Row> order, int most) {}

  /** There are no more rows; called once, whatever {@link #row} said. */
  void end();
}
