package io.levee.engine.sampling;

import io.levee.event.EventRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The dropped events of a run that no kept event covers, as the bus has them. */
final class WaitingRun {
  private static final int FIRST = 8;

  private final int partition;
  private long[] numbers = new long[FIRST];
  private long[] offsets = new long[FIRST];
  private int[] weights = new int[FIRST];
  private int size;
  private @Nullable EventRecord withBody;
  private long withBodyNumber;
  private @Nullable EventRecord last;

  WaitingRun(int partition) {
    this.partition = partition;
  }

  int partition() {
    return partition;
  }

  /**
   * @param remember whether the record may have to be stored
   */
  void add(long number, long offset, EventRecord record, boolean remember) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      offsets = Arrays.copyOf(offsets, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
    }
    numbers[size] = number;
    offsets[size] = offset;
    weights[size] = record.header().weight();
    size++;
    if (remember) {
      last = record;
      if (record.body().length > 0) {
        withBody = record;
        withBodyNumber = number;
      }
    }
  }

  /** Forgets those up to a number; whether none is left. */
  boolean cover(long through) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (numbers[i] > through) {
        numbers[kept] = numbers[i];
        offsets[kept] = offsets[i];
        weights[kept] = weights[i];
        kept++;
      }
    }
    size = kept;
    if (withBodyNumber <= through) {
      withBody = null;
    }
    return size == 0;
  }

  /** The lowest offset; they were added in order. */
  long oldest() {
    return offsets[0];
  }

  /** What must be stored for them. */
  DroppedRun toStore(long id) {
    long weight = 0;
    long through = 0;
    for (int i = 0; i < size; i++) {
      weight += weights[i];
      through = Math.max(through, numbers[i]);
    }
    EventRecord carrier = withBody == null ? last : withBody;
    if (carrier == null) {
      throw new IllegalStateException("run " + id + ": no event to store");
    }
    return new DroppedRun(id, weight, through, carrier);
  }
}
