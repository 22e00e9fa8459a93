package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code accept}: how fast the door is, beside the same HTTP server that does nothing. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Raises the rate until two steps in a row fail (accepted < 90 %% of scheduled, bad > 1 %%, or lag p99 > 250 ms),",
      "then holds 70 %% of the knee; then the same on an HTTP server that does nothing with the body."
    })
final class AcceptBench implements Bench {
  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "How long 70 %% of the knee is held. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "2000",
      description = "Events a second of the first step. Default: ${DEFAULT-VALUE}")
  private int from;

  @Option(
      names = "--step",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "How many more each step has. Default: ${DEFAULT-VALUE}")
  private int step;

  @Option(
      names = "--rate-max",
      paramLabel = "NUMBER",
      defaultValue = "60000",
      description = "Where the ramp ends at the latest. Default: ${DEFAULT-VALUE}")
  private int to;

  @Option(
      names = "--step-seconds",
      paramLabel = "NUMBER",
      defaultValue = "5",
      description = "How long a step lasts. Default: ${DEFAULT-VALUE}")
  private int stepSeconds;

  @Mixin private final WarmUp warmUp = new WarmUp();

  @Mixin private final RunningOptions running = new RunningOptions();

  /** What one server did. */
  private record Door(double kneePerSecond, double perCpuSecond, boolean valid) {}

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section("accept: answered 200 = durable; %s".formatted(shape(stage)));
    Door levee = levee(stage);
    report.line(
        "%n  yardstick: the same requests to the same HTTP server, which reads the body and answers 200");
    Door empty = yardstick(stage);
    report.line(
        "%n  knee: Levee %.0f/s, empty POST %.0f/s: %s",
        levee.kneePerSecond(),
        empty.kneePerSecond(),
        percent(levee.kneePerSecond(), empty.kneePerSecond()));
    report.line(
        "  accepted a server CPU second, at 70 %% of the knee (Levee's includes what its stores do meanwhile): Levee %.0f, empty POST %.0f: %s",
        levee.perCpuSecond(),
        empty.perCpuSecond(),
        percent(levee.perCpuSecond(), empty.perCpuSecond()));
    return levee.valid() && empty.valid();
  }

  private String shape(Stage stage) {
    return "%d connections, steps of %d s, %s"
        .formatted(stage.options().connections(), stepSeconds, "one event a request");
  }

  private static String percent(double part, double whole) {
    return whole > 0 && part > 0 ? "%.0f %%".formatted(100 * part / whole) : "unknown";
  }

  private Door levee(Stage stage) throws IOException, InterruptedException {
    try (Subject subject = Subject.of(stage, running, "accept")) {
      Flood flood = new Flood(subject.target(), stage.options().connections(), stage.seed());
      WarmUp.Left warm = warmUp.run(subject, flood, from, stage.report());
      long before = flood.accepted();
      Optional<LoadReport> knee = climb(flood, stage.report());
      long accepted = flood.accepted() - before;
      Drain drain = Drain.await(subject.api(), warm.events(), accepted);
      stage
          .report()
          .line(
              "  drained %.1f s after the ramp: %d of %d searchable",
              Times.seconds(drain.took()), drain.searchable(), accepted);
      Door door = hold(flood, knee, subject::cpu, stage.report());
      stage.report().line("  resident at most: %s", subject.peakResident());
      return door;
    }
  }

  private Door yardstick(Stage stage) throws IOException, InterruptedException {
    try (YardstickServer server =
        YardstickServer.start(stage.folder("empty-post"), stage.options().javaFlags())) {
      Flood flood = new Flood(server.target(), stage.options().connections(), stage.seed());
      warmUp.run(server.compilers(), flood, from, stage.report());
      Optional<LoadReport> knee = climb(flood, stage.report());
      return hold(flood, knee, server::cpu, stage.report());
    }
  }

  private Optional<LoadReport> climb(Flood flood, Report report) throws IOException {
    return new Ramp(from, step, to, Duration.ofSeconds(stepSeconds)).climb(flood::run, report);
  }

  private Door hold(Flood flood, Optional<LoadReport> knee, Supplier<Duration> cpu, Report report)
      throws IOException {
    if (knee.isEmpty()) {
      report.line("  no step was good: no knee");
      return new Door(0, 0, false);
    }
    double kneePerSecond = knee.get().acceptedPerSecond();
    Duration cpuBefore = cpu.get();
    LoadReport held = flood.run(0.7 * kneePerSecond, Duration.ofSeconds(seconds));
    double cpuSeconds = Times.seconds(cpu.get().minus(cpuBefore));
    report.line("  knee %.0f/s; 70 %% of it:", kneePerSecond);
    report.raw(held.text());
    report.line("  server CPU: %s", cpuSeconds > 0 ? "%.1f s".formatted(cpuSeconds) : "unknown");
    return new Door(kneePerSecond, cpuSeconds > 0 ? held.accepted() / cpuSeconds : 0, held.valid());
  }
}
