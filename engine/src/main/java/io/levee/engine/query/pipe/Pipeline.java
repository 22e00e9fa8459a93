package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.TimeModifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question as it was read.
 *
 * @param filter which events it is about
 * @param earliest the text behind {@code earliest=}; null when the time is chosen elsewhere
 * @param latest the text behind {@code latest=}
 * @param hints what its author may want to know
 */
public record Pipeline(
    Query filter,
    @Nullable String earliest,
    @Nullable String latest,
    List<Stage> stages,
    List<String> hints) {
  public Pipeline {
    stages = List.copyOf(stages);
    hints = List.copyOf(hints);
  }

  /**
   * The range that the question itself names, for what it leaves open the given one.
   *
   * @throws IllegalArgumentException when it ends before it begins
   */
  public TimeRange range(TimeRange otherwise, Setting setting) {
    Instant from = earliest == null ? otherwise.from() : TimeModifier.resolve(earliest, setting);
    Instant to = latest == null ? otherwise.to() : TimeModifier.resolve(latest, setting);
    if (from.isAfter(to)) {
      throw new IllegalArgumentException(
          "earliest: " + from + " is after latest: " + to + " (expected: before)");
    }
    return new TimeRange(from, to);
  }
}
