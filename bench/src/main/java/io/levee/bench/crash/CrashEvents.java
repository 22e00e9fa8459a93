package io.levee.bench.crash;

import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/** Small events of two projects and two days, the same ones for the same seed. Thread-safe. */
final class CrashEvents {
  static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");

  private static final int PROBLEMS = 7;
  private static final int TEXT_CHARS_MAX = 240;
  private static final long DAY_SECONDS = 86_400;

  private final long seed;

  CrashEvents(long seed) {
    this.seed = seed;
  }

  /** The record of a number, from 0. */
  EventRecord record(int number) {
    SplittableRandom random = new SplittableRandom(seed + number);
    EventId id = new EventId(random.nextLong(), random.nextLong());
    int problem = random.nextInt(PROBLEMS);
    Event event =
        Event.builder(id, new ProjectId(1 + problem % 2))
            .time(NOON.plusMillis(number).minusSeconds(problem == 0 ? DAY_SECONDS : 0))
            .received(NOON)
            .title("problem " + problem)
            .message("event " + number + " " + "x".repeat(random.nextInt(TEXT_CHARS_MAX)))
            .tags(Map.of("number", Integer.toString(number)))
            .fingerprint(new Fingerprint(1, problem, problem))
            .build();
    return EventRecord.of(event);
  }

  static String body(EventRecord record) {
    return new String(record.body(), StandardCharsets.UTF_8);
  }
}
