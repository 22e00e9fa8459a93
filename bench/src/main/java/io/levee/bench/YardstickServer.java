package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@link EmptyPost} in a JVM of its own, with the flags that Levee's has. */
final class YardstickServer implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(10);

  private final ChildJvm jvm;
  private final Target target;

  private YardstickServer(ChildJvm jvm, Target target) {
    this.jvm = jvm;
    this.target = target;
  }

  /** Starts it and waits until it listens. */
  static YardstickServer start(Path folder, List<String> extraFlags)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path port = folder.resolve("port");
    ChildJvm jvm =
        ChildJvm.start(
            extraFlags, EmptyPost.class.getName(), List.of(port.toString()), folder.resolve("log"));
    long startNanos = System.nanoTime();
    while (!Files.exists(port)) {
      if (!jvm.isAlive() || Times.since(startNanos).compareTo(START_MAX) > 0) {
        jvm.close();
        throw new BenchFailure("the yardstick's server did not start. It said:\n" + jvm.output());
      }
      Thread.sleep(POLL);
    }
    int number = Integer.parseInt(Files.readString(port));
    return new YardstickServer(jvm, new Target("127.0.0.1", number, "none", "1"));
  }

  Target target() {
    return target;
  }

  Duration cpu() {
    return jvm.cpu();
  }

  Compilers compilers() {
    return new Compilers(jvm.pid());
  }

  @Override
  public void close() {
    jvm.close();
  }
}
