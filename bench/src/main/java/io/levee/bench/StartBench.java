package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code start}: from nothing to ready. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Starts a Levee on an empty folder, several times: from the start of its process to the first 200 of /ready.")
final class StartBench implements Bench {
  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description = "How often. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public boolean run(Stage stage) throws IOException {
    stage
        .report()
        .section("start: process start to /ready, empty folder, %d times".formatted(rounds));
    List<Duration> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (LeveeServer server = stage.serve(stage.folder("start-" + round))) {
        times.add(server.timeToReady());
      }
    }
    stage
        .report()
        .line(
            "  ms: median %s, max %s",
            Times.millis(Times.median(times)), Times.millis(Collections.max(times)));
    return true;
  }
}
