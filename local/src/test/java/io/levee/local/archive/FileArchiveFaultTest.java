package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Power cuts and failing disks at every single operation of small runs. */
final class FileArchiveFaultTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final int FLUSHES = 10;
  private static final int BATCH = 3;
  private static final ArchiveOptions OPTIONS =
      new ArchiveOptions(4 << 10, 1, 1 << 20, 64 << 10, 1 << 10, 1 << 20);

  private final List<EventRecord> log = log();

  /** New events, and in every batch but the first one that replaces an earlier one. */
  private static List<EventRecord> log() {
    EventGenerator generator = new EventGenerator(5, SHOP, NOON);
    List<EventRecord> log = new ArrayList<>(generator.records(BATCH));
    while (log.size() < FLUSHES * BATCH) {
      EventRecord earlier = log.get(log.size() - BATCH);
      log.add(EventRecord.of(earlier.event().toBuilder().title("v" + log.size()).build()));
      log.addAll(generator.records(BATCH - 1));
    }
    return log;
  }

  private static EventArchive open(FaultyStorage storage) {
    EventArchive archive = new FileArchive(storage, OPTIONS, new ManualClock(NOON));
    archive.start();
    return archive;
  }

  /** What the archive holds when it stands at an offset. */
  private Set<String> expected(long offset) {
    Map<EventId, String> newest = new LinkedHashMap<>();
    for (EventRecord record : log.subList(0, (int) offset)) {
      newest.put(record.header().id(), new String(record.body(), StandardCharsets.UTF_8));
    }
    return new TreeSet<>(newest.values());
  }

  /** Everything the archive says must fit the positions that it says. */
  private void assertWhole(EventArchive archive) {
    Set<String> expected = expected(archive.committed().offset(0));
    List<String> found = new ArrayList<>();
    archive.scan(MONDAY, event -> found.add(new String(event.json(), StandardCharsets.UTF_8)));
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(archive.digests(MONDAY).getOrDefault(SHOP, ContentDigest.EMPTY))
        .isEqualTo(digest(expected));
  }

  private static ContentDigest digest(Set<String> bodies) {
    ContentDigest digest = ContentDigest.EMPTY;
    for (String body : bodies) {
      digest = digest.plus(ContentDigest.of(body.getBytes(StandardCharsets.UTF_8)));
    }
    return digest;
  }

  private void flushAll(EventArchive archive, Consumer<Positions> flushed) {
    for (long from = archive.committed().offset(0); from < log.size(); from += BATCH) {
      int end = (int) Math.min(from + BATCH, log.size());
      archive.apply(Deliveries.from(from, log.subList((int) from, end)));
      flushed.accept(archive.flush());
    }
  }

  private static List<FaultyStorage> remains(FaultyStorage cut, long seed) {
    return List.of(
        seed % 2 == 0 ? cut.afterKill() : cut.afterPowerCut(FaultyStorage.Loss.RANDOM, seed),
        cut.afterPowerCut(FaultyStorage.Loss.EVERYTHING, seed));
  }

  private static long operations(Consumer<FaultyStorage> run) {
    FaultyStorage storage = new FaultyStorage();
    run.accept(storage);
    return storage.operations();
  }

  @Test
  void survivesPowerCutAtEveryOperation() {
    long operations = operations(disk -> flushAll(open(disk), flushed -> {}));
    assertThat(operations).isGreaterThan(50);

    for (long cut = 1; cut <= operations; cut++) {
      FaultyStorage disk = new FaultyStorage();
      disk.cutAt(cut);
      Positions[] acknowledged = {Positions.START};
      try {
        flushAll(open(disk), flushed -> acknowledged[0] = flushed);
      } catch (BackendException.Unavailable e) {
        assertThat(e).hasMessageContaining("power is gone");
      }
      for (FaultyStorage left : remains(disk, cut)) {
        EventArchive archive = open(left);
        assertThat(archive.committed().reached(acknowledged[0])).isTrue();
        assertWhole(archive);
        flushAll(archive, flushed -> {});
        assertThat(archive.committed().offset(0)).isEqualTo(log.size());
        assertWhole(archive);
      }
    }
  }

  /** The negative control: on a disk that lies about force, the same cuts must do harm. */
  @Test
  void losesAcknowledgedEventsOnDiskThatLies() {
    long operations = operations(disk -> flushAll(open(disk), flushed -> {}));
    FaultyStorage disk = new FaultyStorage();
    disk.ignoreForce();
    disk.cutAt(operations);
    Positions[] acknowledged = {Positions.START};
    try {
      flushAll(open(disk), flushed -> acknowledged[0] = flushed);
    } catch (BackendException.Unavailable e) {
      assertThat(e).hasMessageContaining("power is gone");
    }

    EventArchive archive = open(disk.afterPowerCut(FaultyStorage.Loss.EVERYTHING, 1));

    assertThat(archive.committed().reached(acknowledged[0])).isFalse();
  }

  @Test
  void losesNothingWhenAnyOperationFails() {
    for (FaultyStorage.Fault fault : FaultyStorage.Fault.values()) {
      failEverywhere(fault, 1);
    }
  }

  @Test
  void losesNothingWhenSeveralOperationsFailInARow() {
    failEverywhere(FaultyStorage.Fault.IO_ERROR, 3);
  }

  private void failEverywhere(FaultyStorage.Fault fault, int inARow) {
    long operations = operations(disk -> flushAll(open(disk), flushed -> {}));
    for (long failing = 1; failing <= operations; failing++) {
      FaultyStorage disk = new FaultyStorage();
      for (int i = 0; i < inARow; i++) {
        disk.failAt(failing + i, fault);
      }
      EventArchive archive = openAtLast(disk);
      flushStubbornly(archive);

      assertThat(archive.committed().offset(0)).isEqualTo(log.size());
      assertWhole(archive);
      EventArchive again = open(disk.afterPowerCut(FaultyStorage.Loss.EVERYTHING, failing));
      assertThat(again.committed().offset(0)).isEqualTo(log.size());
      assertWhole(again);
    }
  }

  private static EventArchive openAtLast(FaultyStorage disk) {
    for (int attempt = 1; ; attempt++) {
      try {
        return open(disk);
      } catch (BackendException.Unavailable e) {
        assertThat(attempt).isLessThan(5);
      }
    }
  }

  /** Applied batches do not come again: what is pending must still be there when a flush failed. */
  private void flushStubbornly(EventArchive archive) {
    for (int from = 0; from < log.size(); from += BATCH) {
      archive.apply(Deliveries.from(from, log.subList(from, from + BATCH)));
      flush(archive, from % 2 == 0 ? 1 : 5);
    }
    flush(archive, 5);
  }

  private static void flush(EventArchive archive, int attempts) {
    for (int attempt = 1; attempt <= attempts; attempt++) {
      try {
        archive.flush();
        return;
      } catch (BackendException.Unavailable e) {
        assertThat(e).hasMessageContaining("archive");
      }
    }
  }

  @Test
  void retentionIsWholeAfterPowerCutAtEveryOperation() {
    Map<ProjectId, LocalDate> keepFrom = Map.of(SHOP, MONDAY.plusDays(1));
    long flushing = operations(disk -> flushAll(open(disk), flushed -> {}));
    long operations = operations(disk -> expire(disk, keepFrom));
    for (long cut = flushing + 1; cut <= operations; cut++) {
      FaultyStorage disk = new FaultyStorage();
      disk.cutAt(cut);
      try {
        expire(disk, keepFrom);
      } catch (BackendException.Unavailable e) {
        assertThat(e).hasMessageContaining("power is gone");
      }
      for (FaultyStorage left : remains(disk, cut)) {
        EventArchive archive = open(left);
        flushAll(archive, flushed -> {});
        archive.retain(keepFrom);

        assertThat(archive.days()).isEmpty();
        assertThat(archive.committed().offset(0)).isEqualTo(log.size());
      }
    }
  }

  private void expire(FaultyStorage disk, Map<ProjectId, LocalDate> keepFrom) {
    EventArchive archive = open(disk);
    flushAll(archive, flushed -> {});
    archive.retain(keepFrom);
  }

  @Test
  void rebuildIsAllOrNothingAfterPowerCutAtEveryOperation() {
    Positions rebuiltAt = new Positions(Map.of(0, 1000L));
    long operations = operations(disk -> rebuild(disk, rebuiltAt));
    for (long cut = 1; cut <= operations; cut++) {
      FaultyStorage disk = new FaultyStorage();
      disk.cutAt(cut);
      boolean completed = false;
      try {
        rebuild(disk, rebuiltAt);
        completed = true;
      } catch (BackendException.Unavailable e) {
        assertThat(e).hasMessageContaining("power is gone");
      }
      for (FaultyStorage left : remains(disk, cut)) {
        EventArchive archive = open(left);
        if (archive.committed().equals(rebuiltAt)) {
          assertThat(archive.digests(MONDAY).get(SHOP)).extracting("events").isEqualTo(2L);
        } else {
          assertThat(completed).isFalse();
          assertWhole(archive);
        }
      }
    }
  }

  private void rebuild(FaultyStorage disk, Positions positions) {
    EventArchive archive = open(disk);
    archive.apply(Deliveries.from(0, log.subList(0, 6)));
    archive.flush();
    try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
      rebuild.add(log.subList(0, 2).stream().map(one -> new StoredEvent(one.body())).toList());
      rebuild.complete(positions);
    }
  }
}
