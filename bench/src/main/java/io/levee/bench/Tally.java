package io.levee.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what was acknowledged with what is found.
 *
 * @param lost acknowledged, and not found
 * @param doubled found more than once
 * @param foreign found, and never acknowledged
 * @param found in all, each as often as it was found
 */
record Tally(long lost, long doubled, long foreign, long found) {
  /** Counts what is found while it comes in. Used by one thread. */
  static final class Counter {
    private final Map<String, Integer> times = new HashMap<>();

    void found(String id) {
      times.merge(id, 1, Integer::sum);
    }

    Tally against(Collection<String> acknowledged) {
      long lost = acknowledged.stream().filter(id -> !times.containsKey(id)).count();
      long doubled = times.values().stream().filter(n -> n > 1).count();
      long foreign = times.size() - (acknowledged.size() - lost);
      long found = times.values().stream().mapToLong(Integer::longValue).sum();
      return new Tally(lost, doubled, foreign, found);
    }
  }
}
