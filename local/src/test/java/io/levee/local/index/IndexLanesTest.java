package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.Delivery;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch so large that two threads share it. */
@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and starts before every test.
final class IndexLanesTest {
  private static final ProjectId PROJECT = new ProjectId(1);
  private static final ProjectScope SCOPE = ProjectScope.of(PROJECT);
  private static final Instant EVENING = Instant.parse("2026-05-01T23:59:58.500Z");
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-05-03T00:00:00Z"));
  private static final int EVENTS = 3_000;

  @TempDir private Path folder;
  private LuceneEventIndex index;

  @BeforeEach
  void start() {
    index = new LuceneEventIndex(folder.resolve("large"), IndexSettings.DEFAULT, System::nanoTime);
    index.start();
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static List<EventRecord> records() {
    return new EventGenerator(7, PROJECT, EVENING).records(EVENTS);
  }

  @Test
  void findsWhatOneThreadWouldHaveIndexed() throws Exception {
    List<Delivery> deliveries = Deliveries.from(0, records());
    LuceneEventIndex small =
        new LuceneEventIndex(folder.resolve("small"), IndexSettings.DEFAULT, System::nanoTime);
    small.start();

    index.apply(deliveries);
    index.flush();
    for (int i = 0; i < EVENTS; i += 100) {
      small.apply(deliveries.subList(i, i + 100));
    }
    small.flush();

    assertThat(index.days()).isEqualTo(small.days()).hasSize(2);
    for (String text :
        List.of("", "ERROR", "checkout", "environment:staging", "TimeoutException")) {
      Query query = query(text);
      assertThat(index.count(SCOPE, query, RANGE))
          .as(text)
          .isEqualTo(small.count(SCOPE, query, RANGE));
    }
    assertThat(index.count(SCOPE, query(""), RANGE).stored()).isEqualTo(EVENTS);
    small.close();
  }

  @Test
  void keepsOneOfEachThatComesAgainInTheSameBatch() {
    List<EventRecord> twice = new ArrayList<>(records());
    twice.addAll(records());

    index.apply(Deliveries.from(0, twice));
    index.flush();

    assertThat(index.count(SCOPE, new Query.All(), RANGE).stored()).isEqualTo(EVENTS);
  }

  @Test
  void oneThatCannotBeReadFailsTheBatchAndTheNextGoesOn() {
    List<EventRecord> records = records();
    List<EventRecord> poisoned = new ArrayList<>(records);
    EventRecord last = records.getLast();
    poisoned.set(
        EVENTS - 1, new EventRecord(last.header(), "no event".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> index.apply(Deliveries.from(0, poisoned)))
        .isInstanceOf(IllegalArgumentException.class);
    index.apply(Deliveries.from(0, records));
    index.flush();

    assertThat(index.count(SCOPE, new Query.All(), RANGE).stored()).isEqualTo(EVENTS);
  }

  @Test
  void knowsAgainAfterAStartWhatItHolds() throws IOException {
    index.apply(Deliveries.from(0, records()));
    index.flush();
    close();
    start();

    index.apply(Deliveries.from(0, records()));
    index.flush();

    assertThat(index.count(SCOPE, new Query.All(), RANGE).stored()).isEqualTo(EVENTS);
  }

  private static Query query(String text) {
    return switch (QueryParser.parse(text)) {
      case QueryParser.Parsed parsed -> parsed.query();
      case QueryParser.SyntaxError error -> throw new IllegalArgumentException(error.message());
    };
  }
}
