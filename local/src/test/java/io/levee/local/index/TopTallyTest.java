package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most frequent values are those that counting all gives. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
final class TopTallyTest {
  private static final long SEED = 20_261_122;
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final ProjectScope SCOPE = ProjectScope.of(new ProjectId(1));
  private static final TimeRange ALL =
      new TimeRange(START.minusSeconds(7), START.plus(Duration.ofDays(4)));

  /** Some differ behind their first eight bytes, one is another's beginning. */
  private static final List<String> VALUES =
      List.of(
          "a",
          "ab",
          "abcdefgh",
          "abcdefgh1",
          "abcdefgh2",
          "customer-00017",
          "customer-00018",
          "é",
          "ÿ",
          "zz",
          "0",
          "7",
          "😀",
          "A");

  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private LuceneEventIndex index;

  @BeforeEach
  void start() {
    // Without counts held of segments these are looked through.
    index =
        new LuceneEventIndex(
            directory, IndexSettings.DEFAULT.withRollups(0, Integer.MAX_VALUE), () -> 0);
    index.start();
    for (int i = 1; i <= 9; i++) {
      List<Event> some =
          new EventGenerator(i, new ProjectId(1), START).next(60).stream().map(this::any).toList();
      index.apply(Deliveries.from(i * 1000L, some.stream().map(EventRecord::of).toList()));
      index.flush();
    }
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private Event any(Event event) {
    Map<String, String> tags = new HashMap<>();
    if (random.nextInt(8) > 0) {
      tags.put("customer", value());
    }
    tags.put("region", value());
    return event.toBuilder()
        .time(START.plusSeconds(random.nextInt(3 * 24 * 3600)))
        .weight(random.nextInt(6) == 0 ? 1 + random.nextInt(50) : 1)
        .tags(tags)
        .build();
  }

  private String value() {
    int most = 1 + random.nextInt(VALUES.size() + 40);
    int chosen = random.nextInt(most);
    return chosen < VALUES.size() ? VALUES.get(chosen) : "customer-" + chosen;
  }

  private Query query() {
    return switch (random.nextInt(4)) {
      case 0, 1 -> new Query.All();
      case 2 -> new Query.Not(new Query.Term("tags.region", "ab"));
      default -> new Query.Wildcard("tags.customer", "*c*");
    };
  }

  private TallyRequest request(Query query, TimeRange range, String by, int top) {
    return new TallyRequest(SCOPE, query, range, List.of(by), List.of(), 100_000, top);
  }

  @Test
  void findsTheMostFrequentOfAll() {
    int less = 0;
    for (int i = 0; i < 40; i++) {
      Query query = query();
      String by = List.of("tags.customer", "customer", "region", "type", "url").get(i % 5);
      int top = 1 + random.nextInt(12);
      TimeRange range =
          random.nextBoolean()
              ? ALL
              : new TimeRange(START.plusSeconds(4_000L * i), START.plus(Duration.ofDays(3)));
      Tally all = index.tally(request(query, range, by, 0)).orElseThrow();

      Tally found = index.tally(request(query, range, by, top)).orElseThrow();

      less += found.groups().size() < all.groups().size() ? 1 : 0;
      assertThat(lines(leaders(found.groups(), top)))
          .as("seed %d, question %d: the first %d by %s of %s", SEED, i, top, by, query)
          .isEqualTo(lines(leaders(all.groups(), top)));
      assertThat(found.events()).isEqualTo(all.events());
      assertThat(found.stored()).isEqualTo(all.stored());
    }
    assertThat(less).isGreaterThan(10); // Where counts can be held of segments, all are given.
  }

  @Test
  void givesAllGroupsWhenSomeEventsMustBeRead() {
    Event odd =
        new EventGenerator(77, new ProjectId(1), START)
            .next(1).getFirst().toBuilder()
                .tags(Map.of("customer", "9f86d081884c7d659a2feaa0c55ad015"))
                .build();
    index.apply(Deliveries.from(100_000, List.of(EventRecord.of(odd))));
    index.flush();

    Tally found = index.tally(request(new Query.All(), ALL, "customer", 1)).orElseThrow();

    assertThat(found.unread()).isEqualTo(1);
    assertThat(found.groups()).hasSizeGreaterThan(20);
  }

  private static List<Tally.Group> leaders(List<Tally.Group> all, int top) {
    List<Tally.Group> sorted =
        new ArrayList<>(all.stream().filter(g -> g.values()[0] != null).toList());
    sorted.sort(Comparator.comparingLong(Tally.Group::events).reversed());
    long least = sorted.size() < top ? 0 : sorted.get(top - 1).events();
    return all.stream().filter(g -> g.values()[0] == null || g.events() >= least).toList();
  }

  private static List<String> lines(List<Tally.Group> groups) {
    return groups.stream()
        .map(g -> Arrays.toString(g.values()) + " " + g.events())
        .sorted()
        .toList();
  }
}
