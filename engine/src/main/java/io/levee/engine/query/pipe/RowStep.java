package io.levee.engine.query.pipe;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes or drops rows one by one. */
final class RowStep implements Step {
  private final Step next;
  private final UnaryOperator<@Nullable Row> change;

  /**
   * @param change gives the row that goes on, or null for none
   */
  RowStep(Step next, UnaryOperator<@Nullable Row> change) {
    this.next = next;
    this.change = change;
  }

  @Override
  public boolean row(Row row) {
    Row changed = change.apply(row);
    return changed == null || next.row(changed);
  }

  @Override
  public void end() {
    next.end();
  }
}
