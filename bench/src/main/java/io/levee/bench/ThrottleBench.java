package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code throttle}: what turning away a project that is over its budget costs. */
@Command(
    name = "throttle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Floods a Levee at one rate, first within its budget, then over it: server CPU for a 200 and"
          + " for a 429,",
      "beside that of the same HTTP server that does nothing with the body."
    })
final class ThrottleBench implements Bench {
  private static final String LIMITS = "/api/v1/projects/1/limits";
  private static final int THROTTLED = 429;
  private static final Duration SETTLE = Duration.ofSeconds(5);

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "3000",
      description = "Requests a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "15",
      description = "How long each part lasts. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Mixin private final WarmUp warmUp = new WarmUp();

  @Option(
      names = "--flood-rate",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description =
          "A second rate at which it is turned away, as one who is over a budget may send; 0: none."
              + " Default: ${DEFAULT-VALUE}")
  private int floodRate;

  /** The server that is asked. */
  private record Door(Flood flood, Supplier<Duration> cpu, Compilers compilers) {}

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section("throttle: server CPU a request, %d requests/s".formatted(rate));
    double empty;
    try (YardstickServer server =
        YardstickServer.start(stage.folder("empty-post"), stage.options().javaFlags())) {
      Flood flood = new Flood(server.target(), stage.options().connections(), stage.seed());
      Door door = new Door(flood, server::cpu, server.compilers());
      empty = microsEach(rate, door, 200, "empty POST", report);
    }
    try (LeveeServer server = stage.serve(stage.folder("throttle"))) {
      Flood flood = new Flood(server.target(), stage.options().connections(), stage.seed());
      Compilers compilers = new Compilers(server.jvm().pid());
      Door door = new Door(flood, () -> server.jvm().cpu(), compilers);
      double accepted = microsEach(rate, door, 200, "accepted", report);
      // What the stores still have to do is part of an accept, not of turning somebody away.
      Drain.await(server.api(), 0, flood.accepted());
      Thread.sleep(SETTLE);
      server.api().post(LIMITS, "{\"events_per_hour\": 1}");
      double turned = microsEach(rate, door, THROTTLED, "turned away", report);
      report.line(
          "  CPU a request: accepted %.1f µs (stores included), turned away %.1f µs = %.1f %%,"
              + " empty POST %.1f µs",
          accepted, turned, 100 * turned / accepted, empty);
      if (floodRate > 0) {
        double flooded = microsEach(floodRate, door, THROTTLED, "flood", report);
        report.line(
            "  turned away at %d/s: %.1f µs = %.1f %%",
            floodRate, flooded, 100 * flooded / accepted);
      }
      return true;
    }
  }

  private double microsEach(int perSecond, Door door, int status, String what, Report report)
      throws IOException {
    warmUp.run(door.compilers(), door.flood(), perSecond, report);
    Duration before = door.cpu().get();
    LoadReport load = door.flood().run(perSecond, Duration.ofSeconds(seconds));
    double micros = door.cpu().get().minus(before).toNanos() / 1_000.0;
    long answered = load.statuses().getOrDefault(status, 0L);
    report.line(
        "  %-12s %d answers of %d, errors %d, latency ms p50 %s p99 %s",
        what,
        answered,
        load.scheduled(),
        load.errors(),
        Times.millis(load.latency().percentile(0.5)),
        Times.millis(load.latency().percentile(0.99)));
    if (answered < 0.9 * load.scheduled()) {
      throw new BenchFailure(
          what + ": " + load.statuses() + " (expected: " + status + " for nearly all)");
    }
    return micros / answered;
  }
}
