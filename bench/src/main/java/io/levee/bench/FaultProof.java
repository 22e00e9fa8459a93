package io.levee.bench;

import io.levee.bench.crash.FaultRuns;
import java.time.Duration;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-faults}: every operation on the disk fails once, in every way. */
@Command(
    name = "proof-faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Bus, recent ids and archive live on a disk in memory whose n-th operation fails, for every n: an error, no",
      "room left, a short write, three errors in a row. What was answered with yes must be there after a kill and",
      "after a power cut, once, and the next start must be clean."
    })
final class FaultProof implements Bench {
  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "240",
      description = "Events of a run. Default: ${DEFAULT-VALUE}")
  private int events;

  @Option(
      names = "--stride",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Every which operation fails. Default: ${DEFAULT-VALUE}, all of them")
  private int stride;

  @Override
  public boolean run(Stage stage) throws InterruptedException {
    LogManager.getLogManager().reset(); // The spool tells of every failure, as it should elsewhere.
    Report report = stage.report();
    report.section("proof-faults: %d events a run".formatted(events));
    long startNanos = System.nanoTime();
    FaultRuns.Result result = new FaultRuns(stage.seed(), events, stride).judge();
    report.line(
        "  operations of a run %d; runs with a failure %d %s; disks started afterwards %d, in %.0f s",
        result.operations(),
        result.runs(),
        result.runsByFault(),
        result.images(),
        Times.seconds(Duration.ofNanos(System.nanoTime() - startNanos)));
    report.line(
        "  events answered with yes %d; never, or the process had ended, %d",
        result.accepted(), result.refused());
    result.wrong().forEach(what -> report.line("  WRONG %s", what));
    boolean good = result.wrongs() == 0 && result.runs() > 0;
    report.line(
        "  %s: %d of %d wrong", good ? "PASSED" : "FAILED", result.wrongs(), result.images());
    return good;
  }
}
