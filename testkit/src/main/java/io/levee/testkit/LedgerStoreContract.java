package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import io.levee.event.ProjectId;
import io.levee.event.SamplePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LedgerStore} does. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class LedgerStoreContract {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId BLOG = new ProjectId(2);
  private static final ProjectScope IN_SHOP = ProjectScope.of(SHOP);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final TimeRange DAY = new TimeRange(NOON, NOON.plus(Duration.ofDays(1)));

  private final Random random = new Random(7);
  private LedgerStore ledger;

  /** Opens the store: empty at first, later with what it held when it was closed. */
  protected abstract LedgerStore open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    ledger = open();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void countsAcceptedByProjectMinuteAndKind() {
    ledger.apply(
        Deliveries.from(
            0,
            List.of(
                record(SHOP, Kind.ERROR, NOON.plusSeconds(1), 1),
                record(SHOP, Kind.ERROR, NOON.plusSeconds(59), 50),
                record(SHOP, Kind.ERROR, NOON.plusSeconds(60), 1),
                record(SHOP, Kind.LOG, NOON, 1),
                record(BLOG, Kind.ERROR, NOON, 1))));

    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactly(
            accepted(NOON, "error", 2),
            accepted(NOON, "log", 1),
            accepted(NOON.plusSeconds(60), "error", 1));
    assertThat(ledger.flush()).isEqualTo(new Positions(Map.of(0, 5L)));
  }

  @Test
  void countsABatchThatComesAgainOnce() {
    List<Delivery> batch =
        Deliveries.from(
            0, List.of(record(SHOP, Kind.ERROR, NOON, 1), record(SHOP, Kind.ERROR, NOON, 1)));

    ledger.apply(batch);
    ledger.apply(batch);
    close();
    ledger = open();
    ledger.apply(batch);

    assertThat(ledger.committed()).isEqualTo(new Positions(Map.of(0, 2L)));
    assertThat(ledger.read(IN_SHOP, DAY)).containsExactly(accepted(NOON, "error", 2));
  }

  @Test
  void countsEachKeyForItself() {
    ledger.apply(
        Deliveries.from(
            0,
            List.of(
                record(SHOP, "a1b2c3d4", Kind.ERROR, NOON, 1),
                record(SHOP, "a1b2c3d4", Kind.ERROR, NOON, 1),
                record(SHOP, "00000000", Kind.ERROR, NOON, 1),
                record(SHOP, null, Kind.ERROR, NOON, 1))));
    ledger.add(List.of(throttled("a1b2c3d4", 3), throttled("00000000", 4)));
    ledger.add(List.of(throttled("a1b2c3d4", 5)));

    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactly(
            new LedgerEntry(SHOP, "", NOON, Outcome.ACCEPTED, "error", "", 1),
            new LedgerEntry(SHOP, "00000000", NOON, Outcome.ACCEPTED, "error", "", 1),
            throttled("00000000", 4),
            new LedgerEntry(SHOP, "a1b2c3d4", NOON, Outcome.ACCEPTED, "error", "", 2),
            throttled("a1b2c3d4", 8));
  }

  @Test
  void countsSampledOutFromTheBusAndMovesWhatIsStoredAfterAll() {
    EventRecord first = record(SHOP, "a1b2c3d4", Kind.ERROR, NOON, 1);
    EventRecord second = record(SHOP, "a1b2c3d4", Kind.ERROR, NOON, 1);
    EventRecord third = record(SHOP, "a1b2c3d4", Kind.ERROR, NOON, 1);
    ledger.apply(Deliveries.from(0, List.of(first, sampledOut(second, 1), sampledOut(third, 2))));
    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactlyInAnyOrder(sampled(Outcome.ACCEPTED, 1), sampled(Outcome.SAMPLED_OUT, 2));

    SamplePlace stored = new SamplePlace(7, 2, true);
    ledger.apply(
        Deliveries.from(
            3, List.of(new EventRecord(second.header().standingFor(2, stored), second.body()))));

    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactlyInAnyOrder(sampled(Outcome.ACCEPTED, 2), sampled(Outcome.SAMPLED_OUT, 1));
  }

  private static EventRecord sampledOut(EventRecord record, long number) {
    return new EventRecord(
        record.header().sampledOut(new SamplePlace(7, number, false)), new byte[0]);
  }

  private static LedgerEntry sampled(Outcome outcome, long quantity) {
    String reason = outcome == Outcome.SAMPLED_OUT ? "burst" : "";
    return new LedgerEntry(SHOP, "a1b2c3d4", NOON, outcome, "error", reason, quantity);
  }

  private static LedgerEntry throttled(String key, long quantity) {
    return new LedgerEntry(SHOP, key, NOON, Outcome.THROTTLED, "error", "budget", quantity);
  }

  @Test
  void addsToWhatIsThere() {
    LedgerEntry throttled = entry(SHOP, NOON, Outcome.THROTTLED, "budget", 7);
    LedgerEntry refused = entry(SHOP, NOON, Outcome.REFUSED, "", 1);

    ledger.add(List.of(throttled, refused, throttled));
    ledger.add(List.of(throttled));
    ledger.add(List.of());

    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactlyInAnyOrder(refused, entry(SHOP, NOON, Outcome.THROTTLED, "budget", 21));
  }

  @Test
  void addsAGenerationOnce() {
    LedgerEntry line = entry(SHOP, NOON, Outcome.REFUSED, "", 5);

    assertThat(ledger.generation()).isZero();
    assertThat(ledger.addOnce(7, List.of(line))).isTrue();
    assertThat(ledger.addOnce(7, List.of(line))).isFalse();
    assertThat(ledger.addOnce(6, List.of(line))).isFalse();
    close();
    ledger = open();

    assertThat(ledger.generation()).isEqualTo(7);
    assertThat(ledger.addOnce(7, List.of(line))).isFalse();
    assertThat(ledger.addOnce(8, List.of(line, line))).isTrue();
    assertThat(ledger.read(IN_SHOP, DAY))
        .containsExactly(entry(SHOP, NOON, Outcome.REFUSED, "", 15));
  }

  @Test
  void keepsTheUnknownForTheOperator() {
    LedgerEntry nobody = entry(null, NOON, Outcome.REFUSED, "unknown key", 3);
    LedgerEntry foreign = entry(BLOG, NOON, Outcome.MALFORMED, "it's; DROP TABLE ledger", 1);
    ledger.add(List.of(nobody, foreign));

    assertThat(ledger.read(IN_SHOP, DAY)).isEmpty();
    assertThat(ledger.readUnknown(DAY)).containsExactly(nobody);
    assertThat(ledger.read(ProjectScope.of(BLOG), DAY)).containsExactly(foreign);
  }

  @Test
  void readsTheMinutesOfARange() {
    for (int minute = 0; minute < 10; minute++) {
      ledger.add(List.of(entry(SHOP, NOON.plusSeconds(60L * minute), Outcome.REFUSED, "", 1)));
    }
    TimeRange range = new TimeRange(NOON.plusSeconds(120), NOON.plusSeconds(300));

    assertThat(ledger.read(IN_SHOP, range))
        .extracting(LedgerEntry::minute)
        .containsExactly(NOON.plusSeconds(120), NOON.plusSeconds(180), NOON.plusSeconds(240));
  }

  @Test
  void sumsTheMinutesOfAStep() {
    for (int minute = 0; minute < 10; minute++) {
      ledger.add(List.of(entry(SHOP, NOON.plusSeconds(60L * minute), Outcome.REFUSED, "", 1)));
    }
    ledger.add(List.of(throttled("a1b2c3d4", 7), entry(BLOG, NOON, Outcome.REFUSED, "", 1)));
    TimeRange range = new TimeRange(NOON.plusSeconds(60), NOON.plusSeconds(480));

    assertThat(ledger.sums(IN_SHOP, range, Duration.ofMinutes(5)))
        .containsExactly(
            entry(SHOP, NOON, Outcome.REFUSED, "", 4),
            entry(SHOP, NOON.plusSeconds(300), Outcome.REFUSED, "", 3));
    assertThat(ledger.sums(IN_SHOP, DAY, Duration.ofHours(6)))
        .containsExactly(entry(SHOP, NOON, Outcome.REFUSED, "", 10), throttled("a1b2c3d4", 7));
  }

  @Test
  void forgetsMinutesBeforeAMoment() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      Instant minute = NOON.plusSeconds(60L * (i / 100));
      entries.add(entry(SHOP, minute, Outcome.REFUSED, "reason " + i % 100, 1));
    }
    ledger.add(entries);
    ledger.add(List.of(entry(null, NOON, Outcome.REFUSED, "", 1)));

    ledger.retain(NOON.plusSeconds(60 * 118));

    assertThat(ledger.read(IN_SHOP, DAY)).hasSize(200);
    assertThat(ledger.readUnknown(DAY)).isEmpty();
  }

  private static LedgerEntry accepted(Instant minute, String category, long quantity) {
    return new LedgerEntry(SHOP, "", minute, Outcome.ACCEPTED, category, "", quantity);
  }

  private static LedgerEntry entry(
      @Nullable ProjectId project, Instant minute, Outcome outcome, String reason, long quantity) {
    return new LedgerEntry(project, "", minute, outcome, "error", reason, quantity);
  }

  private EventRecord record(ProjectId project, Kind kind, Instant received, int weight) {
    return record(project, null, kind, received, weight);
  }

  private EventRecord record(
      ProjectId project, @Nullable String key, Kind kind, Instant received, int weight) {
    return EventRecord.of(
        Event.builder(EventId.random(random), project)
            .kind(kind)
            .time(NOON.minusSeconds(90))
            .received(received)
            .weight(weight)
            .fingerprint(new Fingerprint(1, 2, 3))
            .build(),
        key);
  }
}
