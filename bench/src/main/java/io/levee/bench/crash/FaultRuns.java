package io.levee.bench.crash;

import io.levee.spool.FaultyStorage;
import io.levee.spool.FaultyStorage.Fault;
import io.levee.spool.FaultyStorage.Loss;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The disk fails at every single operation of a run, in every way: an error, no room left with half
 * of the bytes written, a short write, three errors in a row. After each run the process is killed
 * or the power goes, and what is left is started and judged.
 */
public final class FaultRuns {
  private static final int WRONG_KEPT_MAX = 20;
  private static final int IN_A_ROW = 3;

  private final long seed;
  private final int events;
  private final int stride;
  private final List<String> wrong = new ArrayList<>();
  private final Map<Fault, Long> runsByFault = new EnumMap<>(Fault.class);
  private long runs;
  private long images;
  private long accepted;
  private long refused;
  private long wrongs;

  /**
   * @param events of a run
   * @param stride every which operation fails: 1 for all
   */
  public FaultRuns(long seed, int events, int stride) {
    this.seed = seed;
    this.events = events;
    this.stride = stride;
  }

  /**
   * What came of it.
   *
   * @param operations of a run in which nothing fails
   * @param runs each with a failure of its own
   * @param runsByFault the same by kind; three in a row count as errors
   * @param images of disks that were started afterwards
   * @param accepted events that were answered with yes, in all runs
   * @param refused events that never were, though their clients tried again
   * @param wrongs images and runs of which something was wrong
   * @param wrong the first of these, in words
   */
  public record Result(
      long operations,
      long runs,
      Map<Fault, Long> runsByFault,
      long images,
      long accepted,
      long refused,
      long wrongs,
      List<String> wrong) {}

  /** Runs all of it. */
  public Result judge() throws InterruptedException {
    FaultyStorage whole = new FaultyStorage();
    new CrashRun(seed, events).on(whole);
    long operations = whole.operations();
    for (long at = 1; at <= operations; at += stride) {
      for (Fault fault : Fault.values()) {
        run(fault, at, 1);
      }
      run(Fault.IO_ERROR, at, IN_A_ROW);
    }
    return new Result(
        operations,
        runs,
        new EnumMap<>(runsByFault),
        images,
        accepted,
        refused,
        wrongs,
        List.copyOf(wrong));
  }

  private void run(Fault fault, long at, int inARow) throws InterruptedException {
    runs++;
    runsByFault.merge(fault, 1L, Long::sum);
    String what = "%s at operation %d, %d in a row".formatted(fault, at, inARow);
    FaultyStorage disk = new FaultyStorage();
    for (int i = 0; i < inARow; i++) {
      disk.failAt(at + i, fault);
    }
    CrashRun run = new CrashRun(seed, events);
    try {
      run.on(disk);
    } catch (RuntimeException e) {
      complain(what + ": exception " + e);
      return;
    }
    accepted += run.promises().acceptedEvents();
    refused += events - run.promises().acceptedEvents();
    Promises.Moment promised = run.promises().moment();
    Judge judge = new Judge(seed);
    look(judge, disk.afterKill(), promised, what + ", killed");
    look(judge, disk.afterPowerCut(Loss.EVERYTHING, at), promised, what + ", all lost");
    look(judge, disk.afterPowerCut(Loss.RANDOM, at), promised, what + ", torn");
  }

  private void look(Judge judge, FaultyStorage image, Promises.Moment promised, String what)
      throws InterruptedException {
    images++;
    String complaint = judge.wrong(image, promised);
    if (!complaint.isEmpty()) {
      complain(what + ": " + complaint);
    }
  }

  private void complain(String what) {
    if (wrongs++ < WRONG_KEPT_MAX) {
      wrong.add(what);
    }
  }
}
