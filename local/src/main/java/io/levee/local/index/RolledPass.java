package io.levee.local.index;

import io.levee.engine.registry.ProjectScope;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.util.Set;
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

  /**
   * The events that have one of very many values are few, and the index leads to them at once;
   * counts of all those values would only take the room of others.
   */
  private static final long PINNED_VALUES_MAX = 1_000;

  /** A collector that can count with rollups too. */
  interface Counter {
    /** From now on segments that have such counts are not looked through; null: all are. */
    void rollUp(@Nullable RolledPass pass);
  }

  /** Whether a pass had counts of a segment, so that it need not be looked through. */
  static boolean answered(@Nullable RolledPass pass, LeafReader reader, SegmentRollup.Taker taker)
      throws IOException {
    return pass != null && pass.answer(reader, taker);
  }

  private boolean answer(LeafReader reader, SegmentRollup.Taker taker) throws IOException {
    if (filter.pins() && SegmentRollup.values(reader, filter.field()) > PINNED_VALUES_MAX) {
      return false;
    }
    SegmentRollup rollup = rollups.of(reader, filter.field(), stepNanos);
    if (rollup == null) {
      return false;
    }
    Set<String> named = filter.named();
    rollup.forEach(
        fromNanos,
        toNanos,
        new SegmentRollup.Choice() {
          @Override
          public boolean names(String folded) {
            return named.contains(folded);
          }

          @Override
          public boolean wants(@Nullable String project, Level level, @Nullable String value) {
            return project != null
                && scope.covers(new ProjectId(Long.parseLong(project)))
                && filter.matches(project, level, value);
          }
        },
        taker);
    return true;
  }
}
