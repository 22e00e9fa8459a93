package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kill}: kill -9 under load, many times, and then everything is counted. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills a Levee under load at a random moment and starts it again on the same folder, many times.",
      "Every event that was answered with 200 must be found exactly once, everywhere; counts are compared every few",
      "rounds, every id at the end. Then once more with many events that no store has dealt with."
    })
final class KillBench implements Bench {
  private static final double KILLED_FROM_PART = 0.1;
  private static final Duration READY_MAX = Duration.ofSeconds(5);
  private static final int PENDING_CONNECTIONS = 4;
  private static final int PENDING_ATTEMPTS_MAX = 40;

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "How often. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--load-seconds",
      paramLabel = "NUMBER",
      defaultValue = "3",
      description = "The longest load before a kill. Default: ${DEFAULT-VALUE}")
  private double loadSeconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "3000",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--check-every",
      paramLabel = "ROUNDS",
      defaultValue = "10",
      description = "How often counts are compared. Default: ${DEFAULT-VALUE}")
  private int checkEvery;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description =
          "Load before the first kill, so that the senders are compiled. Default: ${DEFAULT-VALUE}")
  private double warmUpSeconds;

  @Option(
      names = "--pending",
      paramLabel = "NUMBER",
      defaultValue = "100000",
      description =
          "Events that no store has dealt with when it is killed once more; 0: not. Default: ${DEFAULT-VALUE}")
  private long pending;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description =
          "Keeps the data here, and goes on with the rounds that it has already. Default: a new folder")
  private @Nullable Path resume;

  /** What the rounds have come to. */
  private static final class Progress {
    private int done;
    private long killedAcknowledged;
    private final List<Duration> restarts = new ArrayList<>();
    private final Instant since = Instant.now();
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "kill: kill -9 at a random moment of %.1f s of load at %d/s, %d rounds on one folder"
            .formatted(loadSeconds, rate, rounds));
    boolean good = rounds(stage);
    if (pending > 0) {
      good &= killWithPending(stage);
    }
    return good;
  }

  private boolean rounds(Stage stage) throws IOException, InterruptedException {
    Path folder = resume == null ? stage.folder("kill") : resume.resolve("data");
    Path state = folder.resolveSibling("senders.txt");
    Files.createDirectories(state.toAbsolutePath().getParent());
    boolean resumed = resume != null && Files.exists(state);
    StubbornSenders senders =
        resumed
            ? StubbornSenders.load(state, stage.options().connections(), rate)
            : new StubbornSenders(stage.seed(), stage.options().connections(), rate);
    if (resumed) {
      stage.report().line("  resumed with %d events acknowledged", senders.acknowledged());
    }
    Random random = new Random(stage.seed());
    Progress progress = new Progress();
    boolean good = true;
    while (good && progress.done < rounds) {
      good = round(stage, folder, senders, random, progress);
      senders.save(state);
    }
    good &= finish(stage, folder, senders, progress);
    return good;
  }

  private boolean round(
      Stage stage, Path folder, StubbornSenders senders, Random random, Progress progress)
      throws IOException, InterruptedException {
    boolean first = progress.done == 0;
    double part = KILLED_FROM_PART + (1 - KILLED_FROM_PART) * random.nextDouble();
    double seconds = part * loadSeconds + (first ? warmUpSeconds : 0);
    try (LeveeServer server = stage.serve(folder)) {
      if (!first) {
        progress.restarts.add(server.timeToReady());
      }
      if (!first && progress.done % checkEvery == 0) {
        senders.finish(server.target());
        String when = "after round " + progress.done;
        if (!new Audit(server.api(), stage.report()).counts(senders.acknowledged(), when)) {
          return false;
        }
        stage
            .report()
            .line(
                "  after round %d: %d acknowledged, %d sent again, counted everywhere",
                progress.done, senders.acknowledged(), senders.retries());
      }
      long before = senders.acknowledged();
      senders.sendDuring(
          server.target(),
          () -> {
            Thread.sleep(Duration.ofNanos((long) (seconds * 1e9)));
            server.jvm().kill();
          });
      progress.killedAcknowledged += first ? 0 : senders.acknowledged() - before;
      progress.done++;
      return true;
    }
  }

  private boolean finish(Stage stage, Path folder, StubbornSenders senders, Progress progress)
      throws IOException, InterruptedException {
    Report report = stage.report();
    try (LeveeServer server = stage.serve(folder)) {
      progress.restarts.add(server.timeToReady());
      senders.finish(server.target());
      Duration slowest = Collections.max(progress.restarts);
      report.line(
          "  %d rounds in %d s; acknowledged in a round: %.0f in the mean",
          progress.done,
          Duration.between(progress.since, Instant.now()).toSeconds(),
          (double) progress.killedAcknowledged / Math.max(1, progress.done - 1));
      report.line(
          "  time to ready after a kill, ms: median %s, max %s",
          Times.millis(Times.median(progress.restarts)), Times.millis(slowest));
      boolean good =
          new Audit(server.api(), report).everything(senders.acknowledgedIds(), senders.retries());
      report.line("  %s", good ? "PASSED: 0 lost, 0 counted twice" : "FAILED");
      return good;
    }
  }

  /** One more kill, when the stores are far behind the door. */
  private boolean killWithPending(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    Path folder = stage.folder("pending");
    long sent = 0;
    long waiting;
    try (LeveeServer server = stage.serve(folder);
        BatchLoader loader =
            new BatchLoader(server.target(), stage.seed(), Instant.now(), Duration.ofHours(1))) {
      int attempts = 0;
      do {
        loader.load(sent, sent + pending, PENDING_CONNECTIONS);
        sent += pending;
        waiting = server.api().pending("index");
      } while (waiting < pending && ++attempts < PENDING_ATTEMPTS_MAX);
      server.jvm().kill();
    }
    try (LeveeServer server = stage.serve(folder)) {
      boolean counted = new Audit(server.api(), report).counts(sent, "with events pending");
      boolean soon = server.timeToReady().compareTo(READY_MAX) <= 0;
      report.line(
          "  killed with %d of %d events pending: ready in %s ms (at most %d), counted everywhere: %s",
          waiting,
          sent,
          Times.millis(server.timeToReady()),
          READY_MAX.toMillis(),
          counted ? "yes" : "NO");
      boolean good = counted && soon && waiting >= pending;
      report.line("  %s", good ? "PASSED" : "FAILED");
      return good;
    }
  }
}
