package io.levee.engine.bus;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a group stands: for each partition the offset of the next record it has not dealt with. A
 * partition that is not named starts at its oldest record.
 *
 * @param next partition number to offset
 */
public record Positions(Map<Integer, Long> next) {
  /** At the oldest record of every partition. */
  public static final Positions START = new Positions(Map.of());

  public Positions {
    next = Map.copyOf(next);
  }

  /** The offset of the next record of a partition; 0 when it was never read. */
  public long offset(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** How many records lie behind it, in all partitions: offsets count from 0. */
  public long records() {
    return next.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same, with this delivery dealt with. */
  public Positions after(int partition, long offset) {
    Map<Integer, Long> moved = new TreeMap<>(next);
    moved.put(partition, offset + 1);
    return new Positions(moved);
  }

  /** The positions behind a batch: each partition's highest offset of the batch plus one. */
  public Positions after(Iterable<Delivery> batch) {
    Map<Integer, Long> moved = new TreeMap<>(next);
    for (Delivery delivery : batch) {
      moved.merge(delivery.partition(), delivery.offset() + 1, Math::max);
    }
    return new Positions(moved);
  }

  /** Whether this is at or behind the other in every partition that the other names. */
  public boolean reached(Positions other) {
    return other.next.entrySet().stream().allMatch(p -> offset(p.getKey()) >= p.getValue());
  }

  /**
   * {@code 0:17,1:4}, partitions ascending: the form in which stores keep it beside their effects.
   */
  public String encode() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(next)
        .forEach((partition, offset) ->
            text.append(text.isEmpty() ? "" : ",").append(partition).append(':').append(offset));
    return text.toString();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static Positions decode(String text) {
    Map<Integer, Long> next = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        int colon = part.indexOf(':');
        if (colon < 1) {
          throw new IllegalArgumentException(
              "positions: \"" + text + "\" (expected: partition:offset,…)");
        }
        next.put(
            Integer.valueOf(part.substring(0, colon)), Long.valueOf(part.substring(colon + 1)));
      }
    }
    return new Positions(next);
  }
}
