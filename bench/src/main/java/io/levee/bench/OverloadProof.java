package io.levee.bench;

import io.levee.event.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-overload}: many times more comes than the node can deal with. */
@Command(
    name = "proof-overload",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what a Levee accepts at most, then offers it many times more, open loop, for"
          + " minutes. Goodput stays at",
      "80 %% of the capacity at least, accepted p99 < 1 s, what was sent = accepted + refused as"
          + " the ledger has it too,",
      "and memory stays within its bound."
    })
final class OverloadProof implements Bench {
  private static final double GOODPUT_MIN = 0.8;
  private static final Duration ACCEPTED_P99_MAX = Duration.ofSeconds(1);
  private static final Duration LEDGER_WAIT_MAX = Duration.ofMinutes(5);

  /** More than any server takes: as fast as answers come. */
  private static final double CLOSED_LOOP_PER_SECOND = 100_000;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "300",
      description = "How long the overload lasts. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--factor",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description = "So many times the capacity is offered. Default: ${DEFAULT-VALUE}")
  private double factor;

  @Option(
      names = "--capacity-seconds",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "How long the capacity is measured. Default: ${DEFAULT-VALUE}")
  private int capacitySeconds;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "90",
      description = "The same before, which doesn't count. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--overload-connections",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description =
          "Connections of the overload, one request under way on each. Default: ${DEFAULT-VALUE}")
  private int overloadConnections;

  @Option(
      names = "--resident-mib-max",
      paramLabel = "MIB",
      defaultValue = "768",
      description = "What the server may take of the machine's memory. Default: ${DEFAULT-VALUE}")
  private long residentMebibytesMax;

  /**
   * What came of it.
   *
   * @param capacity events accepted a second, as fast as answers come
   * @param exact whether ledger and generator agree, and no request went without an answer
   */
  record Result(
      double capacity,
      LoadReport overload,
      boolean exact,
      OptionalLong peakResidentBytes,
      boolean memoryHeld) {
    double goodput() {
      return overload.accepted() / Times.seconds(overload.lasted()) / capacity;
    }

    boolean fastEnough() {
      return goodput() >= GOODPUT_MIN
          && overload.acceptedLatency().percentile(0.99).compareTo(ACCEPTED_P99_MAX) < 0;
    }
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Result result = measure(stage);
    boolean good = result.exact() && result.memoryHeld() && result.fastEnough();
    stage.report().line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  Result measure(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section("proof-overload: %.0f times the capacity for %d s".formatted(factor, seconds));
    try (LeveeServer server = stage.serve(stage.folder("overload"))) {
      Flood flood = new Flood(server.target(), stage.options().connections(), stage.seed());
      if (warmUpSeconds > 0) {
        flood.run(CLOSED_LOOP_PER_SECOND, Duration.ofSeconds(warmUpSeconds));
      }
      LoadReport most = flood.run(CLOSED_LOOP_PER_SECOND, Duration.ofSeconds(capacitySeconds));
      double capacity = most.acceptedPerSecond();
      report.line(
          "  capacity: %.0f/s accepted in a closed loop of %d connections for %d s; p99 %s ms,"
              + " others %d",
          capacity,
          stage.options().connections(),
          capacitySeconds,
          Times.millis(most.acceptedLatency().percentile(0.99)),
          most.bad());
      Json.Obj ignored = caughtUpLedger(server.api(), flood.accepted());
      Duration cpuBefore = server.jvm().cpu();
      LoadReport load =
          flood.runImpatient(factor * capacity, Duration.ofSeconds(seconds), overloadConnections);
      double serverCpu = Times.seconds(server.jvm().cpu().minus(cpuBefore));
      Json.Obj after = settledLedger(server.api(), flood.accepted());
      boolean exact = exact(load, after, flood);
      OptionalLong peak = server.jvm().peakResidentBytes();
      Result result =
          new Result(
              capacity,
              load,
              exact,
              peak,
              peak.isEmpty() || peak.getAsLong() <= residentMebibytesMax << 20);
      tell(report, result, after, flood, serverCpu);
      return result;
    }
  }

  private static boolean exact(LoadReport load, Json.Obj ledger, Flood flood) {
    long answered = load.statuses().values().stream().mapToLong(Long::longValue).sum();
    return load.errors() == 0
        && load.sent() == answered
        && number(ledger, "accepted") == flood.accepted()
        && turnedAway(ledger) == flood.refused();
  }

  private static long turnedAway(Json.Obj ledger) {
    return number(ledger, "refused") + number(ledger, "throttled");
  }

  private void tell(Report report, Result result, Json.Obj ledger, Flood flood, double serverCpu) {
    LoadReport load = result.overload();
    double lasted = Times.seconds(load.lasted());
    Map<Integer, Long> others = new TreeMap<>(load.statuses());
    others.remove(200);
    report.line(
        "  offered %.0f/s: %d came due, %d sent on %d connections (%.1f times the capacity); the"
            + " rest was given up because every connection waited",
        load.ratePerSecond(),
        load.scheduled(),
        load.sent(),
        overloadConnections,
        load.sent() / lasted / result.capacity());
    report.line(
        "  accepted %d = %.0f/s, goodput %.0f %% of the capacity (must %.0f %%); refused %s; broken"
            + " or unanswered %d",
        load.accepted(),
        load.accepted() / lasted,
        100 * result.goodput(),
        100 * GOODPUT_MIN,
        others,
        load.errors());
    report.line(
        "  accepted, from due, ms: p50 %s  p99 %s  max %s (must p99 < %d); all answers p99 %s; due"
            + " to sent p99 %s",
        Times.millis(load.acceptedLatency().percentile(0.5)),
        Times.millis(load.acceptedLatency().percentile(0.99)),
        Times.millis(load.acceptedLatency().max()),
        ACCEPTED_P99_MAX.toMillis(),
        Times.millis(load.latency().percentile(0.99)),
        Times.millis(load.lag().percentile(0.99)));
    report.line(
        "  ledger, warm-up included: accepted %d of %d answered so; refused and throttled %d of %d"
            + " answered so: %s",
        number(ledger, "accepted"),
        flood.accepted(),
        turnedAway(ledger),
        flood.refused(),
        result.exact() ? "exact" : "NOT EXACT");
    report.line(
        "  CPU meanwhile: server %.1f s, generator %.1f s, of %.0f s; resident at most %s (bound %d"
            + " MiB)",
        serverCpu,
        Times.seconds(load.generatorCpu()),
        lasted * Runtime.getRuntime().availableProcessors(),
        Sizes.mebibytes(result.peakResidentBytes()),
        residentMebibytesMax);
  }

  /** The same when the last of the door's counts have arrived, too. */
  private static Json.Obj settledLedger(ApiClient api, long accepted)
      throws IOException, InterruptedException {
    Json.Obj ignored = caughtUpLedger(api, accepted);
    Thread.sleep(Duration.ofSeconds(3)); // What the door counted is handed over every two seconds.
    return api.ledgerTotals();
  }

  /** The ledger's sums when those of the accepted have arrived from the bus, or don't come. */
  private static Json.Obj caughtUpLedger(ApiClient api, long accepted)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    Json.Obj totals = api.ledgerTotals();
    while (number(totals, "accepted") < accepted
        && Times.since(startNanos).compareTo(LEDGER_WAIT_MAX) < 0) {
      Thread.sleep(Duration.ofMillis(100));
      totals = api.ledgerTotals();
    }
    return totals;
  }

  private static long number(Json.Obj totals, String outcome) {
    String text = totals.text(outcome);
    return text == null ? 0 : Long.parseLong(text);
  }
}
