package io.levee.local.archive;

import io.levee.engine.bus.Delivery;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FileStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Measures the archive: {@code main(events, block KiB, level, flush every n batches)}. Prints CPU
 * an event, size against the JSON, and how long a find takes.
 */
final class ArchiveThroughput {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final int BATCH = 1000;
  private static final int FINDS = 2000;

  private ArchiveThroughput() {}

  public static void main(String[] arguments) throws IOException {
    int events = Integer.parseInt(arguments[0]);
    ArchiveOptions options =
        new ArchiveOptions(
            Integer.parseInt(arguments[1]) << 10,
            Integer.parseInt(arguments[2]),
            ArchiveOptions.DEFAULT.pendingBytesMax(),
            ArchiveOptions.DEFAULT.openRawBytesMax(),
            ArchiveOptions.DEFAULT.filterBytesMax(),
            ArchiveOptions.DEFAULT.objectBytesMax());
    int flushEvery = Integer.parseInt(arguments[3]);
    Path folder = Files.createTempDirectory("archive-throughput");
    FileArchive archive = new FileArchive(new FileStorage(folder), options, Clock.systemUTC());
    archive.start();
    for (int round = 0; round < 3; round++) {
      write(archive, round, events, flushEvery);
    }
    find(archive);
    scan(archive);
    archive.close();
  }

  private static void write(FileArchive archive, int round, int events, int flushEvery) {
    EventGenerator generator = new EventGenerator(round, SHOP, NOON);
    long json = 0;
    long nanos = 0;
    long bytes = archive.bytes();
    long offset = archive.committed().offset(0);
    for (int batch = 0; batch < events / BATCH; batch++) {
      List<Delivery> deliveries = Deliveries.from(offset, generator.records(BATCH));
      offset += BATCH;
      json += deliveries.stream().mapToLong(one -> one.record().body().length).sum();
      long before = cpuNanos();
      archive.apply(deliveries);
      if (batch % flushEvery == flushEvery - 1) {
        archive.flush();
      }
      nanos += cpuNanos() - before;
    }
    long before = cpuNanos();
    archive.flush();
    nanos += cpuNanos() - before;
    double stored = archive.bytes() - bytes;
    System.out.printf(
        Locale.ROOT,
        "write: %.1f us CPU/event, %.0f bytes JSON/event, %.1f stored, %.2f %%%n",
        nanos / 1e3 / events,
        (double) json / events,
        stored / events,
        100 * stored / json);
  }

  private static void find(FileArchive archive) {
    List<EventRecord> records = new EventGenerator(0, SHOP, NOON).records(FINDS);
    for (int round = 0; round < 2; round++) {
      long before = System.nanoTime();
      long cpuBefore = cpuNanos();
      for (EventRecord record : records) {
        if (archive.find(ProjectScope.of(SHOP), record.header().id()).isEmpty()) {
          throw new IllegalStateException("lost " + record);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "find: %.0f us, %.0f us CPU%n",
          (System.nanoTime() - before) / 1e3 / FINDS,
          (cpuNanos() - cpuBefore) / 1e3 / FINDS);
    }
  }

  private static void scan(FileArchive archive) {
    long[] events = {0};
    long before = cpuNanos();
    archive.days().forEach(day -> archive.scan(day, event -> events[0]++));
    double micros = (cpuNanos() - before) / 1e3;
    System.out.printf(
        Locale.ROOT, "scan: %.2f us CPU/event, %d events%n", micros / events[0], events[0]);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
