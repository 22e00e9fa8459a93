package io.levee.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code visible}: how long an accepted event can't be found yet. */
@Command(
    name = "visible",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Holds one rate and sends probes with a tag of their own: from accepted until a search finds each.")
final class VisibleBench implements Bench {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration FOUND_MAX = Duration.ofSeconds(60);
  private static final int OK = 200;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "How long. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "3000",
      description =
          "Events a second meanwhile. Default: ${DEFAULT-VALUE}, half of what sustained holds")
  private int rate;

  @Option(
      names = "--probe-millis",
      paramLabel = "NUMBER",
      defaultValue = "200",
      description = "The least pause between two probes. Default: ${DEFAULT-VALUE}")
  private int probeMillis;

  @Mixin private final WarmUp warmUp = new WarmUp();

  @Mixin private final RunningOptions running = new RunningOptions();

  /** What the probes found; searches that took too long are lost. */
  private record Probes(LatencyHistogram times, long lost) {}

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "visible: accepted to found by a search, at %d/s for %d s, %s"
            .formatted(rate, seconds, warmUp));
    try (Subject subject = Subject.of(stage, running, "visible");
        ExecutorService prober = Executors.newSingleThreadExecutor()) {
      Flood flood = new Flood(subject.target(), stage.options().connections(), stage.seed());
      WarmUp.Left ignored = warmUp.run(subject, flood, rate, report);
      long endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      Future<Probes> probing = prober.submit(() -> probe(subject, stage.seed(), endNanos));
      LoadReport load = flood.run(rate, Duration.ofSeconds(seconds));
      Probes probes = probing.get();
      report.raw(load.text());
      report.line(
          "  %d probes, accepted to found, ms (polled every %d): p50 %s  p99 %s  max %s; not found in %d s: %d",
          probes.times().count(),
          POLL.toMillis(),
          Times.millis(probes.times().percentile(0.5)),
          Times.millis(probes.times().percentile(0.99)),
          Times.millis(probes.times().max()),
          FOUND_MAX.toSeconds(),
          probes.lost());
      return load.valid() && probes.lost() == 0;
    } catch (ExecutionException e) {
      throw new BenchFailure("a probe failed: " + e.getCause());
    }
  }

  private Probes probe(Subject subject, long seed, long endNanos)
      throws IOException, InterruptedException {
    Envelopes envelopes = new Envelopes(subject.target(), ~seed, Clock.systemUTC());
    LatencyHistogram times = new LatencyHistogram();
    long lost = 0;
    try (Courier courier = Courier.to(subject.target())) {
      for (long sequence = 0; System.nanoTime() - endNanos < 0; sequence++) {
        String shard = "p" + HexFormat.of().toHexDigits(seed + sequence).substring(1);
        int status = courier.deliver(envelopes.request(sequence, shard));
        long acceptedNanos = System.nanoTime();
        if (status != OK) {
          throw new IOException("a probe was answered " + status);
        }
        if (found(subject.api(), shard, acceptedNanos)) {
          times.record(System.nanoTime() - acceptedNanos);
        } else {
          lost++;
        }
        Thread.sleep(probeMillis);
      }
    }
    return new Probes(times, lost);
  }

  private static boolean found(ApiClient api, String shard, long acceptedNanos)
      throws IOException, InterruptedException {
    while (api.count("shard:" + shard) == 0) {
      if (Times.since(acceptedNanos).compareTo(FOUND_MAX) > 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }
}
