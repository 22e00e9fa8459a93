package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What is sent before a measurement, so that the JVM has compiled what it runs. */
final class WarmUp {
  private static final int PART = 3;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "90",
      description =
          "How long a third of the rate is sent first, so that the JVM has compiled what it runs. Default: ${DEFAULT-VALUE}")
  private int seconds;

  /**
   * What it left behind.
   *
   * @param events that there are when all of its are searchable
   * @param eventBytes JSON that it brought
   */
  record Left(long events, long eventBytes) {}

  /** Sends it, and waits until all of it is searchable. */
  Left run(Subject subject, Flood flood, int rate) throws IOException, InterruptedException {
    long before = subject.api().count("");
    if (seconds == 0) {
      return new Left(before, 0);
    }
    LoadReport load = flood.run(Math.max(1, rate / PART), Duration.ofSeconds(seconds));
    Drain drain = Drain.await(subject.api(), before, load.accepted());
    return new Left(before + drain.searchable(), load.eventBytes());
  }

  /** For a section's heading. */
  @Override
  public String toString() {
    return "after %d s at a third of it".formatted(seconds);
  }
}
