package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every benchmark has. */
final class BenchOptions {
  @Option(
      names = "--connections",
      paramLabel = "NUMBER",
      defaultValue = "128",
      description = "Keep-alive connections of the generator. Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--work",
      paramLabel = "FOLDER",
      description =
          "Where the servers' data goes; a new folder in it, deleted at the end. Default: the system's temporary folder")
  private @Nullable Path work;

  @Option(
      names = "--java-opts",
      paramLabel = "FLAGS",
      defaultValue = "${env:LEVEE_JAVA_OPTS:-}",
      description = "More JVM flags for the servers. Default: LEVEE_JAVA_OPTS")
  private String javaOptions = "";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "What event ids and numbers in them follow from; one run only for one data folder. Default: random")
  private @Nullable Long seed;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "A file that gets the result too, as bench/results/NAME.txt")
  private @Nullable Path output;

  int connections() {
    return connections;
  }

  List<String> javaFlags() {
    return javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+"));
  }

  long seed() {
    return seed == null ? new SecureRandom().nextLong() : seed;
  }

  @Nullable Path output() {
    return output;
  }

  /** A new folder for the servers' data. */
  Path newWorkFolder() throws IOException {
    if (work == null) {
      return Files.createTempDirectory("levee-bench");
    }
    Files.createDirectories(work);
    return Files.createTempDirectory(work, "levee-bench");
  }
}
