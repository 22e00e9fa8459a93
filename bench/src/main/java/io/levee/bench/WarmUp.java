package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * What is sent before a measurement, until the JVM has compiled what it runs. A server of this size
 * takes minutes for that under load, and its compilers as much CPU meanwhile as half its door; one
 * that has been up for an hour does nothing of the kind.
 */
final class WarmUp {
  private static final Duration STRETCH = Duration.ofSeconds(10);

  /** Compilers that take less of one core are done with nearly everything. */
  private static final double RESTING = 0.05;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "360",
      description =
          "At most so long the same kind of load is sent first, until the JVM's compilers take less than 5 %% of a core;"
              + " what isn't our own server gets all of it. Default: ${DEFAULT-VALUE}")
  private int seconds;

  /**
   * What it left behind.
   *
   * @param events that there are when all of its are searchable
   * @param eventBytes JSON that it brought
   */
  record Left(long events, long eventBytes) {}

  /** Sends it, and waits until all of it is searchable. */
  Left run(Subject subject, Flood flood, double perSecond, Report report)
      throws IOException, InterruptedException {
    long before = subject.api().count("");
    LeveeServer own = subject.own();
    Compilers compilers = new Compilers(own == null ? 0 : own.jvm().pid());
    long acceptedBefore = flood.accepted();
    long bytes = run(compilers, flood, perSecond, report);
    Drain drain = Drain.await(subject.api(), before, flood.accepted() - acceptedBefore);
    return new Left(before + drain.searchable(), bytes);
  }

  /**
   * Sends it.
   *
   * @param compilers of the JVM that it is sent to
   * @return bytes of JSON that it brought
   */
  long run(Compilers compilers, Flood flood, double perSecond, Report report) throws IOException {
    long bytes = 0;
    double busy = 1;
    Duration sent = Duration.ZERO;
    Duration most = Duration.ofSeconds(seconds);
    while (busy >= RESTING && sent.compareTo(most) < 0) {
      Duration stretch = least(STRETCH, most.minus(sent));
      Duration before = compilers.known() ? compilers.cpu() : Duration.ZERO;
      bytes += flood.run(perSecond, stretch).eventBytes();
      sent = sent.plus(stretch);
      if (compilers.known()) {
        busy = Times.seconds(compilers.cpu().minus(before)) / Times.seconds(stretch);
      }
    }
    report.line(
        "  warmed up for %d s at %.0f/s; its compilers then took %s",
        sent.toSeconds(),
        perSecond,
        compilers.known() ? "%.0f %% of a core".formatted(100 * Math.max(0, busy)) : "unknown");
    return bytes;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** For a section's heading. */
  @Override
  public String toString() {
    return "warmed up before";
  }
}
