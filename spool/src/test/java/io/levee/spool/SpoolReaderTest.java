package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class SpoolReaderTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final FaultyStorage storage = new FaultyStorage();

  private static void append(Spool spool, int records) {
    for (int i = 0; i < records; i++) {
      spool.append("x".repeat(100).getBytes(US_ASCII));
    }
  }

  private static List<Long> offsets(List<SpoolRecord> records) {
    return records.stream().map(SpoolRecord::offset).toList();
  }

  private static List<Long> poll(SpoolReader reader, int records) {
    return offsets(reader.poll(records, 1 << 20, Duration.ZERO));
  }

  private List<String> segments() {
    return storage.files().stream().filter(file -> file.endsWith(".seg")).toList();
  }

  @Test
  void readsAcrossSegments() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 20);

      assertThat(segments()).hasSizeGreaterThan(4);
      assertThat(poll(reader, 7)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(poll(reader, 100)).hasSize(13).startsWith(7L).endsWith(19L);
      assertThat(reader.position()).isEqualTo(20);
    }
  }

  @Test
  void stopsAtTheLimitOfBytesButGivesAtLeastOne() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 5);

      assertThat(offsets(reader.poll(10, 250, Duration.ZERO))).containsExactly(0L, 1L);
      assertThat(offsets(reader.poll(10, 1, Duration.ZERO))).containsExactly(2L);
      assertThat(reader.position()).isEqualTo(3);
      assertThat(poll(reader, 10)).containsExactly(3L, 4L);
    }
  }

  @Test
  void skipsWhatTheCallerHasFromElsewhere() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 20);
      poll(reader, 2);

      reader.skip(13, NOON.toEpochMilli());
      assertThat(reader.position()).isEqualTo(13);
      assertThat(poll(reader, 3)).containsExactly(13L, 14L, 15L);

      reader.skip(5, NOON.toEpochMilli());
      assertThat(poll(reader, 3)).containsExactly(16L, 17L, 18L);
      reader.skip(20, NOON.toEpochMilli());
      assertThat(poll(reader, 3)).isEmpty();
      reader.commit(20);
      assertThat(reader.lag().records()).isZero();
    }
  }

  @Test
  void skipsToTheRecordThatWasLookedAt() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 4);
      reader.oldestPending();

      reader.skip(1, NOON.toEpochMilli());
      reader.oldestPending();
      reader.skip(1, NOON.toEpochMilli());

      assertThat(poll(reader, 10)).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void skipsFarWithinASegment() {
    try (Spool spool = Spool.open(storage, SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      for (int i = 0; i < 40; i++) {
        spool.append(new byte[OffsetIndex.STEP_BYTES / 4]);
      }
      poll(reader, 1);

      for (long to : new long[] {3, 17, 18, 39}) {
        reader.skip(to, NOON.toEpochMilli());
        assertThat(poll(reader, 1)).containsExactly(to);
      }
    }
  }

  @Test
  void skipsNothingThatIsNotDurable() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 2);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.skip(3, NOON.toEpochMilli()))
          .withMessageContaining("skip: 3");
    }
  }

  @Test
  void startsAgainAtTheCommittedOffset() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 10);
      poll(reader, 6);
      reader.commit(4);
    }

    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader reader = spool.reader("index")) {
      assertThat(reader.committed()).isEqualTo(4);
      assertThat(poll(reader, 3)).containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void fallsBackToTheOlderCheckpointAndThenToTheOldestRecord() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 4);
      reader.commit(2);
      reader.flush();
      reader.commit(3);
      reader.flush();
    }
    FaultyStorage torn = storage.afterKill();
    torn.put("readers/index.1", new byte[5]);

    assertThat(committed(torn)).isEqualTo(2);

    torn.put("readers/index.0", new byte[28]);
    torn.put("readers/index.1", new byte[0]);
    assertThat(committed(torn)).isZero();
  }

  private static long committed(FaultyStorage storage) {
    try (Spool spool = Scenario.open(storage.afterKill(), 2);
        SpoolReader reader = spool.reader("index")) {
      return reader.committed();
    }
  }

  @Test
  void deletesASegmentOnceAllReadersHavePassedIt() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader index = spool.reader("index")) {
      SpoolReader archive = spool.reader("archive");
      append(spool, 20);
      int all = segments().size();

      index.commit(20);
      index.flush();
      assertThat(segments()).as("archive holds them").hasSize(all);

      archive.commit(10);
      archive.flush();
      assertThat(segments().size()).isBetween(2, all - 1);
      assertThat(spool.oldestOffset()).isBetween(5L, 10L);

      assertThatIllegalStateException().isThrownBy(() -> spool.forget("archive"));
      archive.close();
      assertThat(spool.forget("archive")).isTrue();
      assertThat(spool.forget("archive")).isFalse();
      index.flush();
      assertThat(segments()).as("the newest stays").hasSize(1);
      assertThat(spool.durableOffset()).isEqualTo(20);
    }
  }

  @Test
  void letsGoOfEverythingThatAllHaveReadWhenAsked() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader index = spool.reader("index");
        SpoolReader archive = spool.reader("archive")) {
      append(spool, 20);
      index.commit(20);
      archive.commit(19);

      assertThat(spool.retire(20)).as("archive has not read it").isFalse();
      archive.commit(20);
      assertThat(spool.retire(20)).isTrue();
      assertThat(segments()).isEmpty();
      assertThat(spool.oldestOffset()).isEqualTo(20);

      append(spool, 1);
      assertThat(spool.durableOffset()).isEqualTo(21);
      assertThat(spool.retire(20)).as("again").isTrue();
      assertThat(segments()).hasSize(1);
      index.commit(21);
      archive.commit(21);
      assertThat(spool.retire(21)).isTrue();
    }
    try (Spool spool = Scenario.open(storage.afterKill(), 2)) {
      assertThat(spool.durableOffset()).as("offsets go on where they were").isEqualTo(21);
      append(spool, 1);
      assertThat(spool.durableOffset()).isEqualTo(22);
    }
  }

  @Test
  void aClosedReaderStillHoldsItsRecords() {
    try (Spool spool = Scenario.open(storage, 1)) {
      spool.reader("archive").close();
    }
    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader index = spool.reader("index")) {
      append(spool, 20);
      index.commit(20);
      index.flush();

      assertThat(spool.readers()).containsExactly("archive", "index");
      assertThat(spool.oldestOffset()).isZero();
    }
  }

  @Test
  void deletesNothingWithoutReaders() {
    try (Spool spool = Scenario.open(storage, 1)) {
      append(spool, 20);
    }
    try (Spool spool = Scenario.open(storage, 2)) {
      assertThat(spool.oldestOffset()).isZero();
    }
  }

  @Test
  void keepsTheNewestBytesThoughAllHavePassed() {
    SpoolOptions options = Scenario.OPTIONS.withRetainedBytesMin(1500);
    try (Spool spool = Spool.open(storage, options);
        SpoolReader index = spool.reader("index")) {
      append(spool, 20);
      index.commit(20);
      index.flush();

      assertThat(spool.stats().diskBytes()).isBetween(1500L, 2300L);
    }
  }

  @Test
  void neverGivesAnOffsetTwiceThoughEverythingWasDeleted() throws IOException {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader index = spool.reader("index")) {
      append(spool, 20);
      index.commit(20);
      index.flush();
    }
    for (String file : segments()) {
      storage.delete(file);
    }

    try (Spool spool = Scenario.open(storage, 2)) {
      assertThat(spool.append(new byte[1])).isEqualTo(20);
    }
  }

  @Test
  void seeksToTheOffsetThatAConsumerBrings() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 20);

      assertThat(reader.seek(13)).isEqualTo(13);
      assertThat(poll(reader, 2)).containsExactly(13L, 14L);
      assertThat(reader.seek(3)).isEqualTo(3);
      assertThat(poll(reader, 1)).containsExactly(3L);
      assertThat(reader.seek(20)).isEqualTo(20);
      assertThat(poll(reader, 1)).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.seek(21))
          .withMessage("seek: 21 (expected: 0..20)");
    }
  }

  @Test
  void tellsWhereItStandsWhenTheOffsetIsGone() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 20);
      reader.commit(15);
      reader.flush();

      assertThat(reader.seek(2)).isEqualTo(spool.oldestOffset()).isGreaterThan(2);
    }
  }

  @Test
  void measuresItsLag() {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    try (Spool spool = Spool.open(storage, Scenario.OPTIONS, clock, new SplittableRandom(1));
        SpoolReader reader = spool.reader("index")) {
      assertThat(reader.lag()).isEqualTo(new SpoolReader.Lag(0, 0));
      assertThat(reader.oldestPending()).isEmpty();

      append(spool, 10);
      assertThat(reader.lag()).isEqualTo(new SpoolReader.Lag(10, 1400));
      assertThat(reader.oldestPending()).contains(NOON);

      poll(reader, 10);
      reader.commit(9);
      assertThat(reader.lag()).isEqualTo(new SpoolReader.Lag(1, 140));
      assertThat(reader.oldestPending()).contains(NOON);

      reader.commit(10);
      assertThat(reader.lag()).isEqualTo(new SpoolReader.Lag(0, 0));
      assertThat(reader.oldestPending()).isEmpty();
    }
  }

  @Test
  void refusesToCommitWhatIsNotThere() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      append(spool, 1);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.commit(2))
          .withMessage("commit: 2 (expected: <= 1)");
    }
  }

  @Test
  void isOpenOnceAtATime() {
    try (Spool spool = Scenario.open(storage, 1)) {
      SpoolReader reader = spool.reader("index");
      assertThat(reader.name()).isEqualTo("index");
      assertThatIllegalStateException().isThrownBy(() -> spool.reader("index"));
      assertThatIllegalArgumentException().isThrownBy(() -> spool.reader("../etc"));
      reader.close();
      assertThatThrownBy(reader::flush).isInstanceOf(SpoolException.Closed.class);

      spool.reader("index").close();
    }
  }

  @Test
  void waitsForTheNextRecord() throws InterruptedException {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      List<Long> polled = new CopyOnWriteArrayList<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                started.countDown();
                polled.addAll(offsets(reader.poll(10, 1000, Duration.ofMinutes(1))));
              });
      started.await();

      append(spool, 1);

      waiting.join();
      assertThat(polled).containsExactly(0L);
    }
  }

  @Test
  void stopsWaitingWhenClosedOrInterrupted() throws InterruptedException {
    Spool spool = Scenario.open(storage, 1);
    SpoolReader first = spool.reader("first");
    SpoolReader second = spool.reader("second");
    SpoolReader third = spool.reader("third");
    Thread closed = Thread.ofVirtual().start(() -> first.poll(1, 1, Duration.ofMinutes(1)));
    Thread interrupted = Thread.ofVirtual().start(() -> second.poll(1, 1, Duration.ofMinutes(1)));
    Thread shut = Thread.ofVirtual().start(() -> third.poll(1, 1, Duration.ofMinutes(1)));

    first.close();
    interrupted.interrupt();
    spool.close();

    closed.join();
    interrupted.join();
    shut.join();
    assertThat(spool.state()).isEqualTo(Spool.State.CLOSED);
  }
}
