package io.levee.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Waits until the index holds what was accepted.
 *
 * @param searchable how many it holds more than before
 * @param took from the call to the last change
 */
record Drain(long searchable, Duration took) {
  private static final Duration STILL_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * Polls the count until it has grown by so many, or has not moved for 20 seconds.
   *
   * @param before what the index held at the start
   * @param expected how many more there should be
   */
  static Drain await(ApiClient api, long before, long expected)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    long movedNanos = startNanos;
    long searchable = -1;
    while (true) {
      long now = api.count("") - before;
      if (now != searchable) {
        searchable = now;
        movedNanos = System.nanoTime();
      }
      if (searchable >= expected || Times.since(movedNanos).compareTo(STILL_MAX) > 0) {
        return new Drain(searchable, Duration.ofNanos(movedNanos - startNanos));
      }
      Thread.sleep(POLL);
    }
  }
}
