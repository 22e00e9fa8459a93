package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Levee of our own on a folder, in a JVM of its own, started and ready. */
final class LeveeServer implements AutoCloseable {
  private static final Pattern DSN = Pattern.compile("DSN\\s+(http\\S+)");
  private static final Duration START_MAX = Duration.ofMinutes(10);
  private static final long POLL_NANOS = 2_000_000;

  private final ChildJvm jvm;
  private final Path folder;
  private final Target target;
  private final String commandKey;
  private final Duration timeToReady;

  private LeveeServer(
      ChildJvm jvm, Path folder, Target target, String commandKey, Duration timeToReady) {
    this.jvm = jvm;
    this.folder = folder;
    this.target = target;
    this.commandKey = commandKey;
    this.timeToReady = timeToReady;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder its data, kept when it ends
   * @throws BenchFailure when it ends before, with what it said, or isn't ready in ten minutes
   */
  static LeveeServer start(Path folder, List<String> extraFlags) throws IOException {
    Path output = folder.resolveSibling(folder.getFileName() + ".log");
    Path address = folder.resolve("address");
    Files.deleteIfExists(address);
    Files.deleteIfExists(output);
    long startNanos = System.nanoTime();
    // Every event must be found again, so none may stand for others.
    List<String> arguments =
        List.of("--data", folder.toString(), "--port", "0", "--sampling-errors-per-minute", "0");
    ChildJvm jvm = ChildJvm.start(extraFlags, "io.levee.app.Main", arguments, output);
    boolean ready = false;
    try {
      String url = awaitAddress(jvm, address, startNanos);
      int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
      while (!HttpProbe.answersOk("127.0.0.1", port, "/ready")) {
        pause(jvm, startNanos);
      }
      Duration timeToReady = Times.since(startNanos);
      Target target = awaitDsn(jvm, startNanos);
      String key = Files.readString(folder.resolve("command.key")).strip();
      ready = true;
      return new LeveeServer(jvm, folder, target, key, timeToReady);
    } finally {
      if (!ready) {
        jvm.close();
      }
    }
  }

  private static String awaitAddress(ChildJvm jvm, Path address, long startNanos)
      throws IOException {
    while (true) {
      String text = Files.exists(address) ? Files.readString(address).strip() : "";
      if (text.matches("http://.*:[0-9]+")) {
        return text;
      }
      pause(jvm, startNanos);
    }
  }

  private static Target awaitDsn(ChildJvm jvm, long startNanos) throws IOException {
    while (true) {
      Matcher dsn = DSN.matcher(jvm.output());
      if (dsn.find()) {
        return Target.ofDsn(dsn.group(1));
      }
      pause(jvm, startNanos);
    }
  }

  private static void pause(ChildJvm jvm, long startNanos) throws IOException {
    if (!jvm.isAlive()) {
      throw new BenchFailure("the server ended before it was ready. It said:\n" + jvm.output());
    }
    if (Times.since(startNanos).compareTo(START_MAX) > 0) {
      throw new BenchFailure(
          "the server was not ready in " + START_MAX + ". It said:\n" + jvm.output());
    }
    LockSupport.parkNanos(POLL_NANOS);
  }

  /** Where its clients send to. */
  Target target() {
    return target;
  }

  ApiClient api() {
    return new ApiClient(target.url(), commandKey);
  }

  /** A connection that asks with the command key. */
  Conversation converse() throws IOException {
    return Conversation.with(
        target.host(), target.port(), "Authorization: Bearer " + commandKey + "\r\n");
  }

  /** From the start of its process to the first 200 of {@code /ready}. */
  Duration timeToReady() {
    return timeToReady;
  }

  Path folder() {
    return folder;
  }

  ChildJvm jvm() {
    return jvm;
  }

  /** Bytes on disk of index and archive. */
  long storedBytes() throws IOException {
    return DiskUsage.bytes(folder.resolve("index")) + DiskUsage.bytes(folder.resolve("archive"));
  }

  /** Bytes on disk of the index alone. */
  long indexBytes() throws IOException {
    return DiskUsage.bytes(folder.resolve("index"));
  }

  /** Kills it; the folder stays. */
  @Override
  public void close() {
    jvm.close();
  }
}
