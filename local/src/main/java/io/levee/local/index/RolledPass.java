package io.levee.local.index;

import io.levee.engine.registry.ProjectScope;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/**
 * One look through a slice in which segments that have counts of what is asked are not looked
 * through.
 *
 * @param fromNanos where a step begins
 * @param toNanos where a step ends, exclusive
 */
record RolledPass(
    Rollups rollups,
    RollupFilter filter,
    ProjectScope scope,
    long stepNanos,
    long fromNanos,
    long toNanos) {

  /** A collector that can count with rollups too. */
  interface Counter {
    /** From now on segments that have such counts are not looked through; null: all are. */
    void rollUp(@Nullable RolledPass pass);
  }

  /** Takes what cells of one project, level and value hold. */
  interface Cells {
    /** What the next cells are of. */
    void of(String project, Level level, @Nullable String value);

    /**
     * A step of time; those of one sort come in order.
     *
     * @param startNanos where it begins
     */
    void step(long startNanos, long events, long stored);
  }

  /** Whether a pass had counts of a segment, so that it need not be looked through. */
  static boolean answered(@Nullable RolledPass pass, LeafReader reader, Cells cells)
      throws IOException {
    return pass != null && pass.answer(reader, cells);
  }

  private boolean answer(LeafReader reader, Cells cells) throws IOException {
    SegmentRollup rollup = rollups.of(reader, filter.field(), stepNanos);
    if (rollup == null) {
      return false;
    }
    rollup.forEach(
        fromNanos,
        toNanos,
        new SegmentRollup.Taker() {
          @Override
          public boolean wants(@Nullable String project, Level level, @Nullable String value) {
            boolean wanted =
                project != null
                    && scope.covers(new ProjectId(Long.parseLong(project)))
                    && filter.matches(project, level, value);
            if (wanted && project != null) {
              cells.of(project, level, value);
            }
            return wanted;
          }

          @Override
          public void take(long startNanos, long events, long stored) {
            cells.step(startNanos, events, stored);
          }
        });
    return true;
  }
}
