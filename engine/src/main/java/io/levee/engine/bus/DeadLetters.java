package io.levee.engine.bus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what subscribers could not deal with, durably, until somebody decides. Bounded by group: a
 * full one takes no more, and its subscriber waits rather than lose something. Thread-safe;
 * failures are BackendExceptions.
 */
public interface DeadLetters {
  /**
   * How much one group may keep.
   *
   * @param lettersMax 1 or more
   * @param bytesMax of the events
   */
  record Limits(long lettersMax, long bytesMax) {
    /** 10,000 letters or 256 MiB. */
    public static final Limits DEFAULT = new Limits(10_000, 256L << 20);

    public Limits {
      if (lettersMax < 1 || bytesMax < 1) {
        throw new IllegalArgumentException(
            "dead letters: " + lettersMax + ", bytes: " + bytesMax + " (expected: 1 or more)");
      }
    }
  }

  /**
   * What one group keeps.
   *
   * @param bytes of the events
   */
  record Tally(long letters, long bytes) {
    public static final Tally NOTHING = new Tally(0, 0);
  }

  /**
   * Keeps one; durable on return. Idempotent by group, partition and offset.
   *
   * @throws io.levee.engine.run.BackendException.OverCapacity when the group is at its limit;
   *     nothing was kept
   */
  void add(String group, Delivery delivery, DeadLetter.Failure failure);

  /**
   * The newest first.
   *
   * @param before only those with smaller ids; {@link Long#MAX_VALUE} for all
   * @param limit how many at most; fewer when their events are large, but one if there is one
   */
  List<DeadLetter> list(String group, long before, int limit);

  /** One; empty when there is none with this id. */
  Optional<DeadLetter> find(long id);

  /** How much each group keeps; groups without letters are left out. */
  Map<String, Tally> tallies();

  /** A letter was tried again in vain. Nothing happens when it is gone. */
  void failedAgain(long id, DeadLetter.Failure failure);

  /** Forgets one; false when there is none with this id. */
  boolean remove(long id);

  /** Forgets all of a group with ids up to this one; how many they were. */
  int removeAll(String group, long upTo);

  /** What one group may keep. */
  Limits limits();
}
