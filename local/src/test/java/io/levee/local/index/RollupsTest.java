package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.index.Erasing;
import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts from rollups are those that looking through the events gives. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
final class RollupsTest {
  private static final long SEED = 20_261_122;
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final List<String> FIELDS =
      List.of(
          "level",
          "project",
          "host",
          "release",
          "type",
          "user",
          "tags.tenant",
          "url",
          "tags.region");

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private LuceneEventIndex rolling;
  private LuceneEventIndex plain;
  private List<Event> events;

  @BeforeEach
  void start() {
    IndexSettings settings = IndexSettings.DEFAULT;
    rolling =
        new LuceneEventIndex(directory.resolve("a"), settings.withRollups(8L << 20, 1), () -> 0);
    plain =
        new LuceneEventIndex(
            directory.resolve("b"), settings.withRollups(0, Integer.MAX_VALUE), () -> 0);
    rolling.start();
    plain.start();
    events = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      new EventGenerator(i, new ProjectId(i), START).next(80).forEach(e -> events.add(any(e)));
    }
    Collections.shuffle(events, random);
    store(1, events.subList(0, 150));
    store(2, events.subList(150, 240));
  }

  @AfterEach
  void stop() {
    rolling.close();
    plain.close();
  }

  private Event any(Event event) {
    return event.toBuilder()
        .time(START.plusSeconds(random.nextInt(3 * 24 * 3600)))
        .level(Level.ofCode(random.nextInt(6)))
        .weight(random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 1)
        .host(random.nextInt(10) == 0 ? null : event.host())
        .build();
  }

  private void store(int offset, List<Event> some) {
    for (LuceneEventIndex index : List.of(rolling, plain)) {
      index.apply(Deliveries.from(offset * 1000L, some.stream().map(EventRecord::of).toList()));
      index.flush();
    }
  }

  private Query query() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Query.All();
      case 2, 3 -> new Query.Term("level", random.nextBoolean() ? "ERROR" : "info");
      case 4 -> new Query.Not(new Query.Term("host", "WEB-1"));
      case 5 -> new Query.And(List.of(new Query.Term("project", "2"), query()));
      case 6 ->
          new Query.Or(
              List.of(new Query.Phrase("release", "shop@4.2.1"), new Query.Term("level", "fatal")));
      default -> new Query.Term("type", "SQLException");
    };
  }

  private TimeRange range() {
    long from = random.nextInt(5) == 0 ? 0 : random.nextInt(2 * 24 * 3600);
    long length = random.nextInt(4) == 0 ? 3600 : random.nextInt(3 * 24 * 3600);
    long aligned = random.nextBoolean() ? 3600 : 1;
    Instant start = START.plusSeconds(from / aligned * aligned);
    return random.nextInt(4) == 0
        ? new TimeRange(START.minusSeconds(7), START.plus(Duration.ofDays(4)))
        : new TimeRange(start, start.plusSeconds(1 + length / aligned * aligned));
  }

  private ProjectScope scope() {
    return random.nextBoolean()
        ? ProjectScope.of(new ProjectId(1 + random.nextInt(3)))
        : ProjectScope.of(List.of(new ProjectId(1), new ProjectId(3)));
  }

  private List<Instant> starts(TimeRange range) {
    long step = List.of(0L, 60L, 900L, 3600L, 7L * 3600, 1001L).get(random.nextInt(6));
    List<Instant> starts = new ArrayList<>();
    long first = step == 0 ? 0 : range.from().getEpochSecond() / step * step;
    for (int i = 0; step > 0 && i < 500; i++) {
      starts.add(Instant.ofEpochSecond(first + i * step));
    }
    return starts;
  }

  private static List<String> lines(@Nullable Tally tally) {
    return tally == null
        ? List.of("none")
        : tally.groups().stream()
            .map(g -> g.start() + " " + Arrays.toString(g.values()) + " " + g.events())
            .sorted()
            .toList();
  }

  private void same(int questions) {
    for (int i = 0; i < questions; i++) {
      Query query = query();
      TimeRange range = range();
      ProjectScope scope = scope();
      String what = "seed " + SEED + ", question " + i + ": " + query + " in " + range;
      List<String> by = new ArrayList<>(FIELDS);
      Collections.shuffle(by, random);
      by = by.subList(0, random.nextInt(3));
      TallyRequest request = new TallyRequest(scope, query, range, by, starts(range), 100_000);
      @Nullable Tally tally = plain.tally(request).orElse(null);
      assertThat(lines(rolling.tally(request).orElse(null)))
          .as(what + " by " + by)
          .isEqualTo(lines(tally));
      assertThat(rolling.tally(request).map(Tally::stored))
          .isEqualTo(plain.tally(request).map(Tally::stored));
      assertThat(rolling.facets(scope, query, range, FIELDS, 20))
          .as(what)
          .isEqualTo(plain.facets(scope, query, range, FIELDS, 20));
      Duration bucket = random.nextBoolean() ? Duration.ofMinutes(45) : Duration.ofMillis(70_001);
      assertThat(rolling.histogram(scope, query, range, bucket))
          .as(what)
          .isEqualTo(plain.histogram(scope, query, range, bucket));
      assertThat(rolling.count(scope, query, range))
          .as(what)
          .isEqualTo(plain.count(scope, query, range));
    }
  }

  @Test
  void countsAsLookingThroughTheEventsDoes() {
    same(30);

    assertThat(rolling.rollups().served()).isGreaterThan(50);
    assertThat(plain.rollups()).isEqualTo(new RollupState(0, 0, 0, 0));
  }

  @Test
  void forgetsWhatWasDeletedAndReplaced() {
    same(3);

    List<Event> again =
        events.subList(40, 120).stream().map(e -> e.toBuilder().weight(7).build()).toList();
    store(4, again);
    same(6);
    for (LuceneEventIndex index : List.of(rolling, plain)) {
      index.erase(
          new Erasing(
              new ProjectId(1), new Query.Term("host", "web-2"), START.plus(Duration.ofDays(9))));
      index.flush();
    }
    same(6);
  }

  @Test
  void letsGoOfThoseOfClosedSegments() {
    same(3);
    assertThat(rolling.rollups().bytes()).isPositive();

    rolling.close();

    assertThat(rolling.rollups().rollups()).isZero();
    assertThat(rolling.rollups().bytes()).isZero();
  }

  @Test
  void holdsNoMoreThanThereIsRoomFor() {
    rolling.close();
    rolling =
        new LuceneEventIndex(
            directory.resolve("a"), IndexSettings.DEFAULT.withRollups(20_000, 1), () -> 0);
    rolling.start();

    same(6);

    assertThat(rolling.rollups().bytes()).isBetween(1L, 20_000L);
  }
}
