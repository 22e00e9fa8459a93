package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.bus.Delivery;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Sender;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import io.levee.event.SamplePlace;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
final class SqlUsageTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final Sender PROJECT = Sender.unknownKey(SHOP);
  private static final Sender KEY = new Sender(SHOP, "a1b2c3d4");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant TEN_AM = NOON.minus(2, ChronoUnit.HOURS);
  private static final Instant ONE_PM = NOON.plus(1, ChronoUnit.HOURS);

  @TempDir Path folder;
  private SqlDatabase database;
  private SqlLedgerStore store;
  private SqlLimitStore limits;

  @BeforeEach
  void setUp() {
    database = SqlDatabase.sqlite(folder.resolve("test.db"), 2);
    database.start();
    store = new SqlLedgerStore(database);
    limits = new SqlLimitStore(database);
  }

  @AfterEach
  void tearDown() {
    database.close();
  }

  private static List<Delivery> batch(int from, int count, @Nullable String key, Instant received) {
    List<Delivery> batch = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      Event event =
          Event.builder(new EventId(0, i), SHOP)
              .title("t")
              .time(received)
              .received(received)
              .fingerprint(new Fingerprint(1, 1, 1))
              .build();
      batch.add(new Delivery(0, i, EventRecord.of(event, key)));
    }
    return batch;
  }

  @Test
  void sumsWhatWasTakenByKeyAndHour() {
    List<Delivery> first = batch(0, 3, "a1b2c3d4", NOON.minusSeconds(1));
    List<Delivery> second = batch(3, 2, "00000000", NOON.plusSeconds(1));
    store.apply(first);
    store.apply(second);
    store.apply(first);

    long bytes = first.getFirst().record().body().length;
    assertThat(store.usage(KEY, TEN_AM, ONE_PM)).isEqualTo(new Usage(3, 3 * bytes));
    assertThat(store.usage(KEY, NOON, ONE_PM)).isEqualTo(Usage.NONE);
    assertThat(store.usage(PROJECT, TEN_AM, ONE_PM).events()).isEqualTo(5);
    assertThat(store.usage(PROJECT, NOON, ONE_PM).events()).isEqualTo(2);
    assertThat(store.usage(Sender.unknownKey(new ProjectId(2)), TEN_AM, ONE_PM))
        .isEqualTo(Usage.NONE);

    store.retain(NOON);

    assertThat(store.usage(PROJECT, TEN_AM, ONE_PM).events()).isEqualTo(2);
  }

  @Test
  void whatWasSampledOutAndIsStoredAfterAllIsTakenOnce() {
    EventRecord whole = batch(0, 1, "a1b2c3d4", NOON).getFirst().record();
    EventRecord dropped =
        new EventRecord(whole.header().sampledOut(new SamplePlace(7, 1, false)), new byte[0]);
    EventRecord promoted =
        new EventRecord(whole.header().standingFor(1, new SamplePlace(7, 1, true)), whole.body());

    store.apply(List.of(new Delivery(0, 0, dropped), new Delivery(0, 1, promoted)));

    assertThat(store.usage(KEY, NOON, ONE_PM).events()).isEqualTo(1);
  }

  @Test
  void limitsAreKeptForProjectAndKeyApart() {
    Limits project = Limits.NONE.with(Limit.EVENTS_PER_MONTH, 1_000L);
    Limits key = Limits.NONE.with(Limit.REQUESTS_AT_ONCE, 2L).with(Limit.BYTES_PER_HOUR, 5L);

    limits.change(PROJECT, project);
    limits.change(KEY, project);
    limits.change(KEY, key);

    assertThat(limits.limits(PROJECT)).isEqualTo(project);
    assertThat(limits.limits(KEY)).isEqualTo(key);
    assertThat(limits.limits(new Sender(SHOP, "00000000"))).isEqualTo(Limits.NONE);
    limits.change(KEY, Limits.NONE);
    assertThat(limits.limits(KEY)).isEqualTo(Limits.NONE);
  }
}
