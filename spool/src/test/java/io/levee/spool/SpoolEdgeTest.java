package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.spool.FaultyStorage.Fault;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens rarely, and must not go wrong then. */
final class SpoolEdgeTest {

  @TempDir Path folder;

  private final FaultyStorage storage = new FaultyStorage();

  @Test
  void readersSeeEverythingOnceInOrderWhileItIsWritten() throws InterruptedException {
    SpoolOptions options =
        SpoolOptions.small(1 << 24)
            .withBatch(1000, 20_000)
            .withSegmentBytesMax(20_000)
            .withCheckpointDelay(Duration.ofMillis(10));
    ConcurrentMap<Long, String> appended = new ConcurrentHashMap<>();
    try (Spool spool = Spool.open(folder, options);
        SpoolReader index = spool.reader("index");
        SpoolReader archive = spool.reader("archive")) {
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < 40; writer++) {
        String name = "writer " + writer + " ";
        writers.add(Thread.ofVirtual().start(() -> append(spool, name, appended)));
      }
      List<String> indexed = new ArrayList<>();
      List<String> archived = new ArrayList<>();
      Thread archiving = Thread.ofVirtual().start(() -> read(archive, archived));
      read(index, indexed);
      archiving.join();
      for (Thread writer : writers) {
        writer.join();
      }

      List<String> expected = new ArrayList<>();
      for (long offset = 0; offset < 2000; offset++) {
        expected.add(appended.get(offset));
      }
      assertThat(indexed).isEqualTo(expected);
      assertThat(archived).isEqualTo(expected);
      index.flush();
      assertThat(spool.oldestOffset()).as("segments were deleted on the way").isGreaterThan(1000);
    }
  }

  private static void append(Spool spool, String name, ConcurrentMap<Long, String> appended) {
    for (int i = 0; i < 25; i++) {
      String first = name + i + " first";
      String second = name + i + " second";
      long offset =
          spool.append(
              List.of(
                  ByteBuffer.wrap(first.getBytes(US_ASCII)),
                  ByteBuffer.wrap(second.getBytes(US_ASCII))));
      appended.put(offset, first);
      appended.put(offset + 1, second);
    }
  }

  private static void read(SpoolReader reader, List<String> into) {
    while (into.size() < 2000) {
      for (SpoolRecord record : reader.poll(7, 10_000, Duration.ofSeconds(10))) {
        assertThat(record.offset()).isEqualTo(into.size());
        into.add(new String(record.bytes(), US_ASCII));
      }
      reader.commit(reader.position());
    }
  }

  @Test
  void stopsForGoodWhenThereIsNoMemory() {
    Clock broken =
        Clock.tick(
            new Clock() {
              @Override
              public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(java.time.ZoneId zone) {
                return this;
              }

              @Override
              public java.time.Instant instant() {
                throw new OutOfMemoryError("none left");
              }
            },
            Duration.ofNanos(1));
    try (Spool spool = Spool.open(storage, Scenario.OPTIONS, broken, new SplittableRandom(1))) {
      assertThatThrownBy(() -> spool.append(new byte[1]))
          .isInstanceOf(SpoolException.Failed.class)
          .hasMessageContaining("none left");
      assertThatThrownBy(() -> spool.append(new byte[1]))
          .isInstanceOf(SpoolException.ReadOnly.class)
          .hasMessageContaining("none left");
    }
  }

  @Test
  void readsLargeRecordsAndSurvivesDamageToTheirLength() {
    SpoolOptions options = SpoolOptions.defaults().withBatch(7 << 20, 8 << 20);
    byte[] large = new byte[6 << 20];
    new SplittableRandom(3).nextBytes(large);
    try (Spool spool = Spool.open(storage, options);
        SpoolReader reader = spool.reader("index")) {
      spool.append(large);
      spool.append(new byte[5]);
      assertThat(reader.poll(1, 1, Duration.ZERO))
          .singleElement()
          .extracting(SpoolRecord::bytes)
          .isEqualTo(large);
    }
    String file =
        storage.files().stream().filter(name -> name.endsWith(".seg")).findFirst().orElseThrow();
    byte[] content = storage.content(file);
    content[SegmentFrame.HEADER_BYTES + 11] ^= 1;
    storage.put(file, content);

    try (Spool spool = Spool.open(storage, options);
        SpoolReader reader = spool.reader("index")) {
      assertThat(reader.poll(10, 1 << 30, Duration.ZERO))
          .extracting(SpoolRecord::offset)
          .containsExactly(1L);
      assertThat(spool.stats().lost()).isEqualTo(1);
    }
  }

  @Test
  void movesADamagedSegmentThatCouldNotBeCopied() {
    try (Spool spool = Scenario.open(storage, 1)) {
      for (int i = 0; i < 20; i++) {
        spool.append(new byte[100]);
      }
    }
    String first =
        storage.files().stream().filter(name -> name.endsWith(".seg")).findFirst().orElseThrow();
    byte[] content = storage.content(first);
    content[SegmentFrame.HEADER_BYTES + 60] ^= 1;
    storage.put(first, content);

    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader reader = spool.reader("index")) {
      storage.failAt(storage.operations() + 1, Fault.DISK_FULL);
      assertThat(reader.poll(100, 1 << 20, Duration.ZERO)).hasSize(19);
      assertThat(spool.stats().keeperFailures()).isEqualTo(1);
      reader.commit(20);
      reader.flush();
      assertThat(spool.stats().segments()).isEqualTo(1);
    }

    assertThat(storage.content("quarantine/" + first)).isEqualTo(content);
  }

  @Test
  void mindsNoSegmentThatSomebodyElseDeleted() throws Exception {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      for (int i = 0; i < 20; i++) {
        spool.append(new byte[100]);
      }
      storage.delete(storage.files().get(0));
      reader.commit(20);
      reader.flush();

      assertThat(spool.stats().segments()).isEqualTo(1);
      assertThat(spool.stats().keeperFailures()).isEqualTo(1);
    }
  }

  @Test
  void countsAMissingSegmentAsLost() throws Exception {
    try (Spool spool = Scenario.open(storage, 1)) {
      for (int i = 0; i < 20; i++) {
        spool.append(new byte[100]);
      }
    }
    storage.delete(storage.files().get(1));

    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader reader = spool.reader("index")) {
      long lost = spool.stats().lost();
      assertThat(lost).isGreaterThan(1);
      assertThat(reader.poll(100, 1 << 20, Duration.ZERO)).hasSize(20 - (int) lost);
    }
  }

  @Test
  void triesACheckpointAgain() {
    try (Spool spool = Scenario.open(storage, 1);
        SpoolReader reader = spool.reader("index")) {
      spool.append(new byte[100]);
      reader.commit(1);
      storage.failAt(storage.operations() + 3, Fault.IO_ERROR);
      reader.flush();
      assertThat(spool.stats().keeperFailures()).isEqualTo(1);
    }
    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader reader = spool.reader("index")) {
      assertThat(reader.committed()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptedPollGivesNothingAndTheNextGoesOn() {
    try (Spool spool = Spool.open(folder, SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      spool.append(new byte[100]);

      Thread.currentThread().interrupt();
      assertThat(reader.poll(1, 1, Duration.ofMinutes(1))).isEmpty();
      assertThat(Thread.interrupted()).isTrue();

      assertThat(reader.poll(1, 1, Duration.ZERO)).hasSize(1);
    }
  }

  @Test
  void readsNothingOnceTheSpoolIsClosed() {
    Spool spool = Scenario.open(storage, 1);
    SpoolReader reader = spool.reader("index");
    spool.append(new byte[100]);
    spool.close();
    long operations = storage.operations();

    assertThat(reader.poll(1, 1, Duration.ofMinutes(1))).isEmpty();
    reader.flush();
    reader.close();

    assertThat(storage.operations())
        .as("the folder belongs to somebody else")
        .isEqualTo(operations);
    assertThatThrownBy(() -> spool.reader("index")).isInstanceOf(SpoolException.Closed.class);
    assertThatThrownBy(() -> spool.forget("index")).isInstanceOf(SpoolException.Closed.class);
  }
}
