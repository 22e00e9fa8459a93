package io.levee.local.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.measure.Tally;
import io.levee.engine.run.BackendException;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappedCountersTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final long MINUTE = 29_000_000;
  private static final int SLOTS = 64;
  private static final List<Outcome> REFUSALS =
      List.of(
          Outcome.SAMPLED_OUT,
          Outcome.THROTTLED,
          Outcome.REFUSED,
          Outcome.MALFORMED,
          Outcome.DUPLICATE,
          Outcome.CLIENT_DROPPED);

  @TempDir Path folder;
  private final RecordingLedger ledger = new RecordingLedger();

  private MappedCounters open() {
    MappedCounters counters = new MappedCounters(folder.resolve("counters"), SLOTS);
    counters.start(ledger);
    return counters;
  }

  private static Tally line(@Nullable ProjectId project, Outcome outcome, String reason) {
    return new Tally(project, "a1b2c3d4", MINUTE, outcome, "error", reason);
  }

  private static LedgerEntry entry(@Nullable ProjectId project, Outcome outcome, String reason) {
    Instant minute = Instant.ofEpochSecond(MINUTE * 60);
    return new LedgerEntry(project, "a1b2c3d4", minute, outcome, "error", reason, 0);
  }

  @Test
  void givesWhatWasAddedOnce() {
    try (MappedCounters counters = open()) {
      counters.add(line(SHOP, Outcome.THROTTLED, "project events per minute"), 2);
      counters.add(line(SHOP, Outcome.THROTTLED, "project events per minute"), 3);
      counters.add(line(null, Outcome.REFUSED, "unknown key"), 1);

      counters.drainTo(ledger);
      counters.drainTo(ledger);
      counters.add(line(null, Outcome.REFUSED, "unknown key"), 1);
      counters.drainTo(ledger);
    }

    assertThat(ledger.sums)
        .containsEntry(entry(SHOP, Outcome.THROTTLED, "project events per minute"), 5L)
        .containsEntry(entry(null, Outcome.REFUSED, "unknown key"), 2L)
        .hasSize(2);
  }

  @Test
  @SuppressWarnings("resource") // The process is gone: nobody closes anything.
  void whatWasAddedSurvivesAnEndWithoutClosing() {
    MappedCounters before = open();
    before.add(line(SHOP, Outcome.DUPLICATE, ""), 7);
    before.drainTo(ledger);
    before.add(line(SHOP, Outcome.DUPLICATE, ""), 4);

    try (MappedCounters after = open()) {
      after.add(line(SHOP, Outcome.DUPLICATE, ""), 1);
      after.drainTo(ledger);
    }

    assertThat(ledger.sums).containsEntry(entry(SHOP, Outcome.DUPLICATE, ""), 12L);
  }

  @Test
  @SuppressWarnings("resource") // The process is gone: nobody closes anything.
  void anEndBetweenGivingAndForgettingCountsOnce() {
    MappedCounters before = open();
    before.add(line(SHOP, Outcome.REFUSED, ""), 5);
    ledger.trouble = RecordingLedger.Trouble.AFTER;
    assertThatThrownBy(() -> before.drainTo(ledger)).isInstanceOf(BackendException.class);
    before.add(line(SHOP, Outcome.REFUSED, ""), 2);
    ledger.trouble = RecordingLedger.Trouble.NONE;

    open().close();

    assertThat(ledger.total()).isEqualTo(7);
  }

  @Test
  void aStoreInTroubleGetsEverythingLater() {
    try (MappedCounters counters = open()) {
      ledger.trouble = RecordingLedger.Trouble.BEFORE;
      for (int i = 0; i < 10; i++) {
        counters.add(line(SHOP, Outcome.REFUSED, "r" + i % 3), 1);
        assertThatThrownBy(() -> counters.drainTo(ledger)).isInstanceOf(BackendException.class);
      }
      ledger.trouble = RecordingLedger.Trouble.NONE;
      counters.drainTo(ledger);
      counters.drainTo(ledger);
    }

    assertThat(ledger.total()).isEqualTo(10);
  }

  @Test
  void moreLinesThanThereIsRoomForAreCountedOnCoarserOnes() {
    try (MappedCounters counters = open()) {
      for (int i = 0; i < 10_000; i++) {
        ProjectId project = new ProjectId(1 + i % 500);
        counters.add(line(project, REFUSALS.get(i % REFUSALS.size()), "reason " + i), 1);
      }
      assertThat(counters.coarsened()).isPositive();
      counters.drainTo(ledger);
    }

    assertThat(ledger.total()).isEqualTo(10_000);
    assertThat(ledger.sums).hasSizeLessThanOrEqualTo(SLOTS);
  }

  @Test
  void generationsGoOnWhenTheFileIsGone() throws IOException {
    try (MappedCounters counters = open()) {
      for (int i = 0; i < 5; i++) {
        counters.add(line(SHOP, Outcome.REFUSED, ""), 1);
        counters.drainTo(ledger);
      }
    }
    Files.delete(folder.resolve("counters"));

    try (MappedCounters counters = open()) {
      counters.add(line(SHOP, Outcome.REFUSED, ""), 1);
      counters.drainTo(ledger);
    }

    assertThat(ledger.total()).isEqualTo(6);
  }

  @Test
  void addingWhileDrainingLosesNothing() throws Exception {
    try (MappedCounters counters = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> adding = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        adding.add(
            threads.submit(() -> {
              for (int i = 0; i < 5_000; i++) {
                counters.add(line(SHOP, Outcome.THROTTLED, "r" + i % 5), 1);
              }
            }));
      }
      while (!adding.stream().allMatch(Future::isDone)) {
        counters.drainTo(ledger);
      }
      for (Future<?> one : adding) {
        one.get();
      }
      counters.drainTo(ledger);
      counters.drainTo(ledger);
    }

    assertThat(ledger.total()).isEqualTo(40_000);
  }

  @Test
  void whatIsNotOursIsSetAside() throws IOException {
    Path file = folder.resolve("counters");
    Files.writeString(file, "not a file of counters");

    try (MappedCounters counters = open()) {
      counters.add(line(SHOP, Outcome.REFUSED, ""), 1);
      counters.drainTo(ledger);
    }

    assertThat(ledger.total()).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .anyMatch(name -> name.startsWith("counters.damaged-"));
    }
  }

  @Test
  void damagedSlotsNeverKeepItFromOpening() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      try (MappedCounters counters = open()) {
        for (int i = 0; i < 20; i++) {
          counters.add(line(SHOP, Outcome.REFUSED, "r" + i), 1);
        }
      }
      try (FileChannel channel =
          FileChannel.open(folder.resolve("counters"), StandardOpenOption.WRITE)) {
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        channel.write(ByteBuffer.wrap(noise), 4096 + 64 + random.nextInt(20 * 256));
      }
      open().close();
    }
  }
}
