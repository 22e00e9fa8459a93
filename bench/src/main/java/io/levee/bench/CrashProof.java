package io.levee.bench;

import io.levee.bench.crash.CrashStates;
import java.time.Duration;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-crash}: all states in which a crash can leave the disk. */
@Command(
    name = "proof-crash",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Bus, recent ids and archive live on a disk in memory that is cut after every single operation: killed, all",
      "unforced bytes lost, none, torn and out of order. Each image must start without an exception and hold",
      "everything that was answered with yes, once. The control, a disk that lies about force, must fail."
    })
final class CrashProof implements Bench {
  private static final int CONTROL_EVENTS = 200;
  private static final long CONTROL_IMAGES = 300;

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "Events of a run. Default: ${DEFAULT-VALUE}")
  private int events;

  @Option(
      names = "--images",
      paramLabel = "NUMBER",
      defaultValue = "20000",
      description = "At least so many different images. Default: ${DEFAULT-VALUE}")
  private long images;

  @Option(
      names = "--random-images",
      paramLabel = "NUMBER",
      defaultValue = "12",
      description = "Torn and reordered images after each operation. Default: ${DEFAULT-VALUE}")
  private int randomImages;

  @Override
  public boolean run(Stage stage) throws InterruptedException {
    LogManager.getLogManager().reset(); // The spool tells of every failure, as it should elsewhere.
    Report report = stage.report();
    report.section(
        "proof-crash: %d events a run, at least %d different images of the disk"
            .formatted(events, images));
    long startNanos = System.nanoTime();
    CrashStates.Result result =
        new CrashStates(stage.seed(), events, randomImages, false).judge(images);
    report.line(
        "  runs %d, events accepted %d, operations on the disk %d, images taken %d, different and started %d, in %.0f s",
        result.passes(),
        result.accepted(),
        result.operations(),
        result.taken(),
        result.judged(),
        Times.seconds(Duration.ofNanos(System.nanoTime() - startNanos)));
    result.wrong().forEach(what -> report.line("  WRONG %s", what));
    CrashStates.Result control =
        new CrashStates(stage.seed(), CONTROL_EVENTS, randomImages, true).judge(CONTROL_IMAGES);
    report.line(
        "  control, force does nothing: %d of %d images wrong (expected: some); the first: %s",
        control.wrongs(),
        control.judged(),
        control.wrong().isEmpty() ? "none" : control.wrong().getFirst());
    boolean good = result.wrongs() == 0 && result.judged() >= images && control.wrongs() > 0;
    report.line(
        "  %s: %d of %d images wrong",
        good ? "PASSED" : "FAILED", result.wrongs(), result.judged());
    return good;
  }
}
