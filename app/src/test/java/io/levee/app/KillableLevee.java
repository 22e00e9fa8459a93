package io.levee.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A Levee in a process of its own, so that it can be killed. */
final class KillableLevee implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(2);

  private final Path folder;
  private final Process process;
  private final String url;

  private KillableLevee(Path folder, Process process, String url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  /** Starts it on a folder and waits until it listens. */
  static KillableLevee start(Path folder, String... options) throws IOException {
    Path address = folder.resolve("address");
    Files.deleteIfExists(address);
    List<String> command = LeveeCommand.of(folder, "--port", "0");
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    folder.resolveSibling(folder.getFileName() + ".log").toFile()))
            .start();
    long startNanos = System.nanoTime();
    while (!Files.exists(address) || Files.size(address) == 0) {
      if (!process.isAlive() || System.nanoTime() - startNanos > START_MAX.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException("Levee did not start; see " + folder + ".log");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return new KillableLevee(folder, process, Files.readString(address).strip());
  }

  String url() {
    return url;
  }

  String commandKey() throws IOException {
    return Files.readString(folder.resolve("command.key")).strip();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As SIGTERM does. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
