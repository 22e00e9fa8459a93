package io.levee.local.accept;

import io.levee.engine.bus.Positions;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import io.levee.spool.FileStorage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;

/** Measures remembered ids: claims, and a start with as many on disk. {@code main(keys)}. */
final class RecentIdsThroughput {
  private static final ProjectId SHOP = new ProjectId(1);

  private RecentIdsThroughput() {}

  public static void main(String[] arguments) throws IOException {
    int keys = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("recent-ids-throughput");
    write(folder, keys);
    for (int round = 0; round < 3; round++) {
      DiskRecentIds ids = open(folder);
      long before = cpuNanos();
      ids.start();
      print(
          "start with %,.0f ids: %.0f ms CPU%n",
          (double) ids.remembered(), (cpuNanos() - before) / 1e6);
      print(
          "memory: %.1f bytes/id, claims at %.0f ns CPU%n",
          (double) ids.memoryBytes() / keys, claim(ids));
      ids.close();
    }
  }

  private static DiskRecentIds open(Path folder) {
    return new DiskRecentIds(new FileStorage(folder), RecentIdsOptions.DEFAULT, Clock.systemUTC());
  }

  private static void write(Path folder, int keys) throws IOException {
    KeyFiles files = new KeyFiles(new FileStorage(folder), RecentIdsOptions.DEFAULT);
    Random random = new Random(1);
    long[] frame = new long[KeyFrame.KEYS_MAX];
    for (int written = 0; written < keys; written += frame.length) {
      for (int i = 0; i < frame.length; i++) {
        frame[i] = random.nextLong();
      }
      files.append(
          System.currentTimeMillis(),
          Positions.START,
          Positions.START,
          frame,
          Math.min(frame.length, keys - written));
    }
    files.close();
  }

  private static double claim(DiskRecentIds ids) {
    int claims = 500_000;
    Random random = new Random(2);
    EventId[] fresh = new EventId[claims];
    for (int i = 0; i < claims; i++) {
      fresh[i] = EventId.random(random);
    }
    long before = cpuNanos();
    for (EventId id : fresh) {
      ids.claim(SHOP, id);
    }
    double nanos = (cpuNanos() - before) / (double) claims;
    for (EventId id : fresh) {
      ids.release(SHOP, id);
    }
    return nanos;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String format, double first, double second) {
    System.out.printf(Locale.ROOT, format, first, second);
  }
}
