package io.levee.bench;

import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.Sender;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlLimitStore;
import io.levee.sql.SqlProjectRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-neighbour}: one project floods the door, another notices nothing. */
@Command(
    name = "proof-neighbour",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "One project sends many times its budget while another sends quietly and somebody searches."
          + " The quiet one's accept",
      "p99 stays within twice what it is alone (or 50 ms), its events are searchable within 5 s at"
          + " p99, none is refused."
    })
final class NeighbourProof implements Bench {
  private static final Duration ACCEPT_P99_LEAST = Duration.ofMillis(50);
  private static final Duration VISIBLE_P99_MAX = Duration.ofSeconds(5);
  private static final Duration FOUND_MAX = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PROBE_EVERY = Duration.ofMillis(250);
  private static final int QUIET_CONNECTIONS = 8;
  private static final int RETENTION_DAYS = 90;
  private static final int OK = 200;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "120",
      description = "How long each half lasts. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description =
          "How long both are sent first, the loud one within its budget. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--budget",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description =
          "Events a second that the loud project may send; 0: no budget but the door's. Default:"
              + " ${DEFAULT-VALUE}")
  private int budget;

  @Option(
      names = "--loud-rate",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "Events a second that it sends. Default: ${DEFAULT-VALUE}")
  private int loudRate;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "Events a second of the quiet one. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--searches",
      paramLabel = "NUMBER",
      defaultValue = "5",
      description = "Searches a second. Default: ${DEFAULT-VALUE}")
  private int searches;

  private record Projects(ProjectKey loud, ProjectKey quiet, ProjectKey reading) {}

  /** What the quiet project and the reader saw. */
  record Half(LoadReport load, LatencyHistogram visible, long notFound, LatencyHistogram searched) {
    long refused() {
      return load.bad() + load.scheduled() - load.sent();
    }
  }

  /** Both halves, and what the loud one was told. */
  record Result(Half alone, Half beside, LoadReport loud) {
    Duration acceptMax() {
      Duration twice = alone.load().latency().percentile(0.99).multipliedBy(2);
      return twice.compareTo(ACCEPT_P99_LEAST) > 0 ? twice : ACCEPT_P99_LEAST;
    }

    boolean undisturbed() {
      return beside.refused() == 0 && beside.notFound() == 0 && loud.errors() == 0;
    }

    boolean fastEnough() {
      return beside.load().latency().percentile(0.99).compareTo(acceptMax()) <= 0
          && beside.visible().percentile(0.99).compareTo(VISIBLE_P99_MAX) < 0;
    }
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Result result = measure(stage);
    boolean good = result.undisturbed() && result.fastEnough();
    stage.report().line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  Result measure(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "proof-neighbour: one sends %d/s with a budget of %s, another %d/s; %d searches/s"
            .formatted(loudRate, budget == 0 ? "nothing" : budget + "/s", rate, searches));
    Path folder = stage.folder("neighbour");
    Projects projects = create(folder);
    try (LeveeServer server = stage.serve(folder);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Target loudTarget = target(server.target(), projects.loud());
      Target quietTarget = target(server.target(), projects.quiet());
      ApiClient api = new ApiClient(quietTarget.url(), projects.reading().value());
      Flood loud = new Flood(loudTarget, stage.options().connections(), stage.seed());
      Flood quiet = new Flood(quietTarget, QUIET_CONNECTIONS, stage.seed() + 1);
      Quiet side = new Quiet(quietTarget, quiet, api, stage.seed() + 2, threads);
      if (warmUpSeconds > 0) {
        Future<LoadReport> within =
            threads.submit(() -> loud.run(Math.max(1, budget), Duration.ofSeconds(warmUpSeconds)));
        side.half(Duration.ofSeconds(warmUpSeconds));
        within.get();
      }
      Half alone = side.half(Duration.ofSeconds(seconds));
      Future<LoadReport> flooding =
          threads.submit(() ->
              loud.runImpatient(
                  loudRate, Duration.ofSeconds(seconds), stage.options().connections()));
      Half beside = side.half(Duration.ofSeconds(seconds));
      Result result = new Result(alone, beside, flooding.get());
      tell(report, result, server);
      return result;
    } catch (ExecutionException e) {
      throw new BenchFailure("a load failed: " + e.getCause());
    }
  }

  private Projects create(Path folder) {
    try (SqlDatabase database = SqlDatabase.sqlite(folder.resolve("levee.db"), 1)) {
      database.start();
      SqlProjectRegistry registry =
          new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom());
      Project loud = registry.create("loud", "Loud", RETENTION_DAYS);
      Project quiet = registry.create("quiet", "Quiet", RETENTION_DAYS);
      if (budget > 0) {
        new SqlLimitStore(database)
            .change(
                Sender.unknownKey(loud.id()),
                Limits.NONE.with(Limit.EVENTS_PER_MINUTE, 60L * budget));
      }
      return new Projects(
          registry.createKey(loud.id(), Set.of(Permission.INGEST)),
          registry.createKey(quiet.id(), Set.of(Permission.INGEST)),
          registry.createKey(quiet.id(), Set.of(Permission.READ)));
    }
  }

  private static Target target(Target server, ProjectKey key) {
    return new Target(server.host(), server.port(), key.value(), key.project().toString());
  }

  private static void tell(Report report, Result result, LeveeServer server) {
    LoadReport loud = result.loud();
    report.line(
        "  the loud one: %d came due, %d sent, answers %s, broken %d; server resident at most %s",
        loud.scheduled(),
        loud.sent(),
        loud.statuses(),
        loud.errors(),
        Sizes.mebibytes(server.jvm().peakResidentBytes()));
    tell(report, "alone", result.alone());
    tell(report, "beside it", result.beside());
    report.line(
        "  must: accept p99 <= %s ms, searchable p99 < %d ms, nothing refused",
        Times.millis(result.acceptMax()), VISIBLE_P99_MAX.toMillis());
  }

  private static void tell(Report report, String when, Half half) {
    report.line(
        "  the quiet one %-9s: accept ms p50 %s  p99 %s  max %s; refused or unsent %d; accepted to"
            + " found ms p50 %s  p99 %s (%d probes, lost %d); searches ms p50 %s  p99 %s (%d)",
        when,
        Times.millis(half.load().latency().percentile(0.5)),
        Times.millis(half.load().latency().percentile(0.99)),
        Times.millis(half.load().latency().max()),
        half.refused(),
        Times.millis(half.visible().percentile(0.5)),
        Times.millis(half.visible().percentile(0.99)),
        half.visible().count(),
        half.notFound(),
        Times.millis(half.searched().percentile(0.5)),
        Times.millis(half.searched().percentile(0.99)),
        half.searched().count());
  }

  /** The quiet project: its load, its probes, and its reader. */
  private final class Quiet {
    private final Target target;
    private final Flood flood;
    private final ApiClient api;
    private final long seed;
    private final ExecutorService threads;
    private long nextProbe;

    Quiet(Target target, Flood flood, ApiClient api, long seed, ExecutorService threads) {
      this.target = target;
      this.flood = flood;
      this.api = api;
      this.seed = seed;
      this.threads = threads;
    }

    Half half(Duration length) throws IOException, InterruptedException, ExecutionException {
      LatencyHistogram visible = new LatencyHistogram();
      LatencyHistogram searched = new LatencyHistogram();
      long endNanos = System.nanoTime() + length.toNanos();
      Future<Long> probing = threads.submit(() -> probe(visible, endNanos));
      Future<?> reading =
          threads.submit(() -> {
            search(searched, endNanos);
            return null;
          });
      LoadReport load = flood.run(rate, length);
      long notFound = probing.get();
      reading.get();
      return new Half(load, visible, notFound, searched);
    }

    /** Sends events with a tag of their own, and looks for each. */
    private long probe(LatencyHistogram visible, long endNanos)
        throws IOException, InterruptedException {
      Envelopes envelopes = new Envelopes(target, seed, Clock.systemUTC());
      long lost = 0;
      try (Courier courier = Courier.to(target)) {
        while (System.nanoTime() - endNanos < 0) {
          long sequence = nextProbe++;
          String shard = "p" + HexFormat.of().toHexDigits(seed + sequence).substring(1);
          if (courier.deliver(envelopes.request(sequence, shard)) != OK) {
            lost++;
          } else {
            long acceptedNanos = System.nanoTime();
            if (found(shard, acceptedNanos)) {
              visible.record(System.nanoTime() - acceptedNanos);
            } else {
              lost++;
            }
          }
          Thread.sleep(PROBE_EVERY);
        }
      }
      return lost;
    }

    private boolean found(String shard, long acceptedNanos)
        throws IOException, InterruptedException {
      while (api.count("shard:" + shard) == 0) {
        if (Times.since(acceptedNanos).compareTo(FOUND_MAX) > 0) {
          return false;
        }
        Thread.sleep(POLL);
      }
      return true;
    }

    private void search(LatencyHistogram searched, long endNanos)
        throws IOException, InterruptedException {
      while (System.nanoTime() - endNanos < 0) {
        long startNanos = System.nanoTime();
        api.search("level:error");
        searched.record(System.nanoTime() - startNanos);
        long left = 1_000_000_000L / searches - (System.nanoTime() - startNanos);
        Thread.sleep(Duration.ofNanos(Math.max(0, left)));
      }
    }
  }
}
