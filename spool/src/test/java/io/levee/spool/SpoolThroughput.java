package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Measures appended records of 3 KiB, by wall clock and by CPU second of the whole process.
 * Arguments: {@code disk} and a folder, or {@code nodisk} (writes cost nothing, a force takes one
 * millisecond); then callers and seconds.
 */
final class SpoolThroughput {

  private static final int RECORD_BYTES = 3 << 10;

  private SpoolThroughput() {}

  public static void main(String[] arguments) throws Exception {
    boolean disk = arguments[0].equals("disk");
    Path folder = disk ? Files.createTempDirectory(Path.of(arguments[1]), "spool") : Path.of("");
    Storage storage = disk ? new FileStorage(folder) : new NoDisk();
    int callers = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    try (Spool spool = Spool.open(storage, SpoolOptions.defaults())) {
      measure(spool, callers, 2); // until compiled
      System.out.println(
          arguments[0] + ", " + callers + " callers: " + measure(spool, callers, seconds));
      System.out.println(spool.stats());
      if (disk) {
        System.out.println("read: " + read(spool));
      }
    }
    if (disk) {
      try (var files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static String measure(Spool spool, int callers, int seconds) throws InterruptedException {
    ByteBuffer record = ByteBuffer.wrap(new byte[RECORD_BYTES]);
    AtomicBoolean stop = new AtomicBoolean();
    LongAdder appended = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!stop.get()) {
                  spool.append(record);
                  appended.increment();
                }
              }));
    }
    long records = appended.sum();
    long cpu = cpuNanos();
    long started = System.nanoTime();
    Thread.sleep(seconds * 1000L);
    records = appended.sum() - records;
    cpu = cpuNanos() - cpu;
    long wall = System.nanoTime() - started;
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return rates(records, wall, cpu);
  }

  private static String rates(long records, long wallNanos, long cpuNanos) {
    return String.format(
        "%,d records/s, %,d records a CPU second",
        records * 1_000_000_000L / wallNanos, records * 1_000_000_000L / cpuNanos);
  }

  private static String read(Spool spool) {
    try (SpoolReader reader = spool.reader("index")) {
      long cpu = cpuNanos();
      long started = System.nanoTime();
      long records = 0;
      int polled = reader.poll(1000, 4 << 20, Duration.ZERO).size();
      while (polled > 0) {
        records += polled;
        polled = reader.poll(1000, 4 << 20, Duration.ZERO).size();
      }
      return rates(records, System.nanoTime() - started, cpuNanos() - cpu);
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Forgets what is written. */
  private static final class NoDisk implements Storage {
    @Override
    public List<String> list(String folder) {
      return List.of();
    }

    @Override
    public Sink create(String name) {
      return new Sink() {
        @Override
        public int write(ByteBuffer bytes) {
          int length = bytes.remaining();
          bytes.position(bytes.limit());
          return length;
        }

        @Override
        public void force() {
          LockSupport.parkNanos(1_000_000);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Sink append(String name) throws IOException {
      throw new IOException(name + ": not kept");
    }

    @Override
    public void rewrite(String name) throws IOException {
      throw new IOException(name + ": not kept");
    }

    @Override
    public Source read(String name) throws IOException {
      throw new IOException(name + ": not kept");
    }

    @Override
    public void rename(String from, String to) {}

    @Override
    public void delete(String name) {}

    @Override
    public void createFolder(String folder) {}

    @Override
    public void forceFolder(String folder) {}

    @Override
    public @Nullable Closeable tryLock(String name) {
      return () -> {};
    }
  }
}
