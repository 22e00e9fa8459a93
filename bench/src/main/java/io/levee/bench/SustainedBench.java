package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sustained}: one rate for a while, counted when everything is searchable. */
@Command(
    name = "sustained",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Holds one rate, then waits until everything accepted is searchable: rate, CPU, memory, disk.")
final class SustainedBench implements Bench {
  private static final double CPU_UNIT_EVENTS = 10_000;
  private static final double WARM_UP_PART = 0.5;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "How long. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "6000",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--event-kib",
      paramLabel = "KIB",
      defaultValue = "0",
      description =
          "More breadcrumbs are sent, until an event has so many KiB; 0: the usual 2.9 KiB."
              + " Default: ${DEFAULT-VALUE}")
  private int eventKibibytes;

  @Mixin private final WarmUp warmUp = new WarmUp();

  @Mixin private final RunningOptions running = new RunningOptions();

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "sustained: %d/s for %d s, %d connections, counted after the drain, %s"
            .formatted(rate, seconds, stage.options().connections(), warmUp));
    try (Subject subject = Subject.of(stage, running, "sustained")) {
      Flood flood =
          new Flood(
              subject.target(), stage.options().connections(), stage.seed(), eventKibibytes << 10);
      WarmUp.Left warm = warmUp.run(subject, flood, WARM_UP_PART * rate, report);
      Duration cpuBefore = subject.cpu();
      long startNanos = System.nanoTime();
      LoadReport load = flood.run(rate, Duration.ofSeconds(seconds));
      Duration loaded = Times.since(startNanos);
      Drain drain = Drain.await(subject.api(), warm.events(), load.accepted());
      report.raw(load.text());
      if (eventKibibytes > 0 && load.accepted() > 0) {
        report.line("  JSON of an event: %d bytes", load.eventBytes() / load.accepted());
      }
      report.line(
          "  accepted %d, searchable %d; all searchable %.1f s after the last answer",
          load.accepted(), drain.searchable(), Times.seconds(drain.took()));
      report.line(
          "  rate including the drain: %.0f/s",
          drain.searchable() / Times.seconds(loaded.plus(drain.took())));
      own(subject, cpuBefore, load, warm, report);
      return load.valid() && drain.searchable() == load.accepted();
    }
  }

  private static void own(
      Subject subject, Duration cpuBefore, LoadReport load, WarmUp.Left warm, Report report)
      throws IOException, InterruptedException {
    LeveeServer own = subject.own();
    if (own == null) {
      report.line("  server CPU, memory and disk: unknown, it isn't ours");
      return;
    }
    double cpuSeconds = Times.seconds(own.jvm().cpu().minus(cpuBefore));
    report.line(
        "  server CPU %.1f s, %.2f s per 10,000 events; resident at most %s",
        cpuSeconds, cpuSeconds / (load.accepted() / CPU_UNIT_EVENTS), subject.peakResident());
    report.line(
        "  disk while it runs: %s", disk(own.storedBytes(), load.eventBytes() + warm.eventBytes()));
    own.jvm().stop();
    report.line(
        "  disk when stopped:  %s", disk(own.storedBytes(), load.eventBytes() + warm.eventBytes()));
  }

  private static String disk(long bytes, long jsonBytes) {
    return "index + archive %s / JSON accepted %s = %.1f %%"
        .formatted(Sizes.mebibytes(bytes), Sizes.mebibytes(jsonBytes), 100.0 * bytes / jsonBytes);
  }
}
