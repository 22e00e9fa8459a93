package io.levee.local.index;

import io.levee.engine.run.BackendException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a question may look through words for those that its patterns cover. Patterns without a
 * beginning look at every word there is, once each; Lucene's own time limit is not asked meanwhile.
 * Bound while a question is answered by one thread; used by that thread.
 */
final class PatternTime {
  private static final ScopedValue<PatternTime> CURRENT = ScopedValue.newInstance();

  /** Words between two looks at the clock, of which each costs what a regular expression does. */
  static final int WORDS_A_LOOK = 256;

  private final long nanosMax;
  private final LongSupplier nanoTime;
  private long spentNanos;
  private long words;

  private PatternTime(Duration most, LongSupplier nanoTime) {
    this.nanosMax = most.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Does something within the time. */
  static <T, X extends Exception> T within(
      Duration most, LongSupplier nanoTime, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, new PatternTime(most, nanoTime)).call(work);
  }

  /** The time of the question that this thread answers; null when it has no limit. */
  static @Nullable PatternTime current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  long nanos() {
    return nanoTime.getAsLong();
  }

  /**
   * So many words were looked at.
   *
   * @return the time
   * @throws BackendException.OverCapacity when that was the last that there was time for
   */
  long spend(long sinceNanos, String pattern) {
    long now = nanoTime.getAsLong();
    spentNanos += now - sinceNanos;
    words += WORDS_A_LOOK;
    if (spentNanos > nanosMax) {
      throw new BackendException.OverCapacity(
          "index",
          "search",
          String.format(
              java.util.Locale.ROOT,
              "looking for words like %s took longer than %.1f s (%,d words were looked at); a"
                  + " pattern that begins with letters, a field before it or a shorter range of time"
                  + " costs less",
              cut(pattern),
              nanosMax / 1e9,
              words));
    }
    return now;
  }

  private static String cut(String pattern) {
    return pattern.length() > 40 ? pattern.substring(0, 40) + "…" : pattern;
  }
}
