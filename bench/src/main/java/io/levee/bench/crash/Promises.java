package io.levee.bench.crash;

import io.levee.event.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was sent and what was answered with yes, so that whatever a disk is left with can be held
 * against it. Thread-safe: sent before it is published, answered after it.
 */
final class Promises {
  private final List<List<EventRecord>> sent = new ArrayList<>();
  private final List<List<EventRecord>> answered = new ArrayList<>();

  /** Remembers a request that is about to be made. */
  synchronized void sending(List<EventRecord> request) {
    sent.add(request);
  }

  /** Remembers a request that was answered with yes. */
  synchronized void accepted(List<EventRecord> request) {
    answered.add(request);
  }

  /** What holds at this moment: taken before the disk is looked at. */
  synchronized Moment moment() {
    return new Moment(List.copyOf(answered), this);
  }

  private synchronized List<List<EventRecord>> sent() {
    return List.copyOf(sent);
  }

  /** Requests answered with yes. */
  synchronized int acceptedEvents() {
    return answered.stream().mapToInt(List::size).sum();
  }

  /**
   * What must be found after a crash.
   *
   * @param accepted requests that had been answered with yes
   * @param all what may be found: asked when it is judged
   */
  record Moment(List<List<EventRecord>> accepted, Promises all) {
    /** How many events must be there. */
    int events() {
      return accepted.stream().mapToInt(List::size).sum();
    }

    /**
     * Holds what was found against what was promised.
     *
     * @param found the bodies, each as often as it was found
     * @return the first thing that is wrong; empty when nothing is
     */
    String wrong(List<String> found) {
      Map<String, Integer> times = new HashMap<>();
      found.forEach(body -> times.merge(body, 1, Integer::sum));
      for (List<EventRecord> request : accepted) {
        for (EventRecord record : request) {
          if (!times.containsKey(CrashEvents.body(record))) {
            return "accepted and lost: " + record;
          }
        }
      }
      Set<String> known = new HashSet<>();
      for (List<EventRecord> request : all.sent()) {
        int there = 0;
        for (EventRecord record : request) {
          String body = CrashEvents.body(record);
          known.add(body);
          int count = times.getOrDefault(body, 0);
          if (count > 1) {
            return "stored " + count + " times: " + record;
          }
          there += count;
        }
        if (there != 0 && there != request.size()) {
          return "torn: " + there + " of " + request.size() + " events of a request are there";
        }
      }
      return known.containsAll(times.keySet()) ? "" : "found what was never sent";
    }
  }
}
