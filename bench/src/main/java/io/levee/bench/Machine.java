package io.levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** What a result was measured on. */
final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final int RECORD_BYTES = 4 << 10;
  private static final Duration FSYNC_LOOP = Duration.ofSeconds(2);

  private Machine() {}

  /**
   * Date, command, machine, and the disk's yardstick.
   *
   * @param folder where the server's data will be
   */
  static void describe(Report report, String commandLine, Path folder) throws IOException {
    report.line("date      %s", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    report.line("command   %s", commandLine);
    report.line("cpu       %d cores, %s", Runtime.getRuntime().availableProcessors(), cpuModel());
    report.line("memory    %s, load %s", memory(), load());
    report.line(
        "system    %s %s %s", property("os.name"), property("os.version"), property("os.arch"));
    report.line("jdk       %s %s", property("java.vm.name"), property("java.vm.version"));
    report.line("disk      %s", fsyncText(folder));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String cpuModel() throws IOException {
    if (!Files.isReadable(CPU)) {
      return "unknown model";
    }
    return Files.readAllLines(CPU).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown model");
  }

  private static String memory() throws IOException {
    OptionalLong total =
        Files.isReadable(MEMORY)
            ? ProcStatus.bytes(Files.readAllLines(MEMORY), "MemTotal")
            : OptionalLong.empty();
    return total.isPresent() ? "%d MiB".formatted(total.getAsLong() >> 20) : "unknown";
  }

  private static String load() throws IOException {
    return Files.isReadable(LOAD) ? Files.readString(LOAD).strip() : "unknown";
  }

  private static String fsyncText(Path folder) throws IOException {
    LatencyHistogram fsync = fsync(folder, FSYNC_LOOP);
    return "%s; yardstick: append %d KiB and fsync, one after the other, ms: p50 %s  p99 %s  max %s (%d times)"
        .formatted(
            Files.getFileStore(folder).type(),
            RECORD_BYTES >> 10,
            Times.millis(fsync.percentile(0.5)),
            Times.millis(fsync.percentile(0.99)),
            Times.millis(fsync.max()),
            fsync.count());
  }

  /** How long an append with fsync takes. */
  static LatencyHistogram fsync(Path folder, Duration length) throws IOException {
    LatencyHistogram times = new LatencyHistogram();
    Path file = Files.createTempFile(folder, "fsync", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES);
      long startNanos = System.nanoTime();
      do {
        record.clear();
        long beforeNanos = System.nanoTime();
        while (record.hasRemaining()) {
          channel.write(record);
        }
        channel.force(false);
        times.record(System.nanoTime() - beforeNanos);
      } while (Times.since(startNanos).compareTo(length) < 0);
    } finally {
      Files.delete(file);
    }
    return times;
  }
}
