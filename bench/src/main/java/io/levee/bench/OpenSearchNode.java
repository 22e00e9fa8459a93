package io.levee.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The yardstick: an OpenSearch node in a JVM of its own, with our flags, our heap and its own class
 * path, which {@code make yardstick} fetches.
 */
final class OpenSearchNode implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Its distribution has it too: Lucene's vector instructions. */
  private static final List<String> FLAGS = List.of("--add-modules=jdk.incubator.vector");

  private final ChildJvm jvm;
  private final int port;
  private final Path folder;

  private OpenSearchNode(ChildJvm jvm, int port, Path folder) {
    this.jvm = jvm;
    this.port = port;
    this.folder = folder;
  }

  /**
   * Where the class path is when nobody says: beside the module that this class comes from.
   *
   * @throws BenchFailure when that can't be told
   */
  static Path usualHome() {
    try {
      Path code =
          Path.of(OpenSearchNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = code; folder != null; folder = folder.getParent()) {
        if (Files.exists(folder.resolve("yardstick").resolve("Yardstick.java"))) {
          return folder.resolve("yardstick");
        }
      }
    } catch (URISyntaxException e) {
      throw new BenchFailure("no folder: " + e.getMessage());
    }
    throw new BenchFailure("no folder with Yardstick.java (expected: --yardstick FOLDER or off)");
  }

  /**
   * Refuses early what can't be started.
   *
   * @param home the folder with Yardstick.java and target/lib
   */
  static void check(Path home) {
    if (!Files.isDirectory(home.resolve("target").resolve("lib"))) {
      throw new BenchFailure(
          "the yardstick's class path is not there: "
              + home.resolve("target").resolve("lib")
              + "\nGet it with: make yardstick (60 MB from Maven Central), or leave it out with: --yardstick off");
    }
  }

  /** Starts it on a folder and waits until it answers. */
  static OpenSearchNode start(Path home, Path folder, List<String> extraFlags)
      throws IOException, InterruptedException {
    check(home);
    Files.createDirectories(folder);
    Path port = folder.resolve("port");
    Path output = folder.resolveSibling(folder.getFileName() + ".log");
    Files.deleteIfExists(port);
    Files.deleteIfExists(output);
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(extraFlags);
    ChildJvm jvm =
        ChildJvm.start(
            flags,
            home.resolve("target").resolve("lib") + "/*",
            home.resolve("Yardstick.java").toString(),
            List.of(folder.toString(), port.toString()),
            output);
    long startNanos = System.nanoTime();
    while (!Files.exists(port)) {
      if (!jvm.isAlive() || Times.since(startNanos).compareTo(START_MAX) > 0) {
        jvm.close();
        throw new BenchFailure("OpenSearch did not start. It said:\n" + jvm.output());
      }
      Thread.sleep(POLL);
    }
    return new OpenSearchNode(jvm, Integer.parseInt(Files.readString(port)), folder);
  }

  Conversation open() throws IOException {
    return Conversation.with("127.0.0.1", port, "Content-Type: application/json\r\n");
  }

  ChildJvm jvm() {
    return jvm;
  }

  /** Bytes on disk of all its indices. */
  long storedBytes() throws IOException {
    return DiskUsage.bytes(folder.resolve("data").resolve("nodes").resolve("0").resolve("indices"));
  }

  /** Kills it; the folder stays. */
  @Override
  public void close() {
    jvm.close();
  }
}
