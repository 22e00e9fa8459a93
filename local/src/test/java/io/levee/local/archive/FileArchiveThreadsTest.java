package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FileStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import io.levee.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside a writer that flushes, joins objects and lets them expire. */
final class FileArchiveThreadsTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId MAIL = new ProjectId(2);
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final int FLUSHES = 60;
  private static final ArchiveOptions OPTIONS =
      new ArchiveOptions(4 << 10, 1, 1 << 20, 64 << 10, 1 << 10, 1 << 20);

  @TempDir private Path folder;

  @Test
  void readersSeeEveryFlushedEventOnceWhateverHappensToItsObject() throws Exception {
    FileArchive archive = new FileArchive(new FileStorage(folder), OPTIONS, new ManualClock(NOON));
    archive.start();
    List<EventRecord> shop = new EventGenerator(1, SHOP, NOON).records(FLUSHES);
    List<EventRecord> mail = new EventGenerator(2, MAIL, NOON).records(FLUSHES);
    AtomicInteger flushed = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();

    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<?> finder = pool.submit(() -> find(archive, shop, flushed, ended));
      Future<?> scanner = pool.submit(() -> scan(archive, flushed, ended));
      for (int i = 0; i < FLUSHES; i++) {
        archive.apply(Deliveries.from(2L * i, List.of(shop.get(i), mail.get(i))));
        archive.flush();
        flushed.incrementAndGet();
        if (i % 10 == 9) {
          archive.retain(Map.of(MAIL, MONDAY.plusDays(1)));
        }
      }
      ended.set(true);
      finder.get();
      scanner.get();
    }

    assertThat(archive.digests(MONDAY)).containsOnlyKeys(SHOP);
    archive.close();
  }

  private static void find(
      FileArchive archive, List<EventRecord> shop, AtomicInteger flushed, AtomicBoolean ended) {
    for (int i = 0; !ended.get(); i++) {
      int known = flushed.get();
      if (known > 0) {
        EventRecord record = shop.get(i % known);
        assertThat(archive.find(ProjectScope.of(SHOP), record.header().id())).isPresent();
      }
    }
  }

  private static void scan(FileArchive archive, AtomicInteger flushed, AtomicBoolean ended) {
    while (!ended.get()) {
      int known = flushed.get();
      AtomicInteger events = new AtomicInteger();
      archive.scan(
          MONDAY,
          event -> {
            if (event.event().project().equals(SHOP)) {
              events.incrementAndGet();
            }
          });
      assertThat(events.get()).isBetween(known, FLUSHES);
    }
  }
}
