package io.levee.bench.crash;

import io.levee.spool.FaultyStorage;
import io.levee.spool.FaultyStorage.Loss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Every state in which a crash can leave the disk of a run, as far as there are not too many: after
 * each operation the process is killed, or the power goes and takes all that was not forced, none
 * of it, or some of it, torn and out of order. Each image that differs from those before is started
 * and judged.
 */
public final class CrashStates {
  private static final int WRONG_KEPT_MAX = 20;

  private final long seed;
  private final int events;
  private final int randomImages;
  private final boolean forceIsIgnored;
  private final Set<Long> seen = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();
  private long operations;
  private long taken;
  private long judged;
  private long wrongs;
  private int passes;
  private int accepted;

  /**
   * @param events of a run
   * @param randomImages torn and reordered images after each operation
   * @param forceIsIgnored the negative control: a disk that says it has forced and has not
   */
  public CrashStates(long seed, int events, int randomImages, boolean forceIsIgnored) {
    this.seed = seed;
    this.events = events;
    this.randomImages = randomImages;
    this.forceIsIgnored = forceIsIgnored;
  }

  /**
   * What came of it.
   *
   * @param passes runs, each with other random images
   * @param operations changes of the disk in all of them
   * @param taken images
   * @param judged those of them that differed from all before, or held another promise
   * @param accepted events that were answered with yes, in all runs
   * @param wrongs images of which something was wrong
   * @param wrong the first of these, in words
   */
  public record Result(
      int passes,
      long operations,
      long taken,
      long judged,
      int accepted,
      long wrongs,
      List<String> wrong) {}

  /** Runs until so many different images were judged. */
  public Result judge(long imagesMin) throws InterruptedException {
    while (judged < imagesMin) {
      pass(seed + passes++);
    }
    return new Result(passes, operations, taken, judged, accepted, wrongs, List.copyOf(wrong));
  }

  private void pass(long passSeed) throws InterruptedException {
    FaultyStorage disk = new FaultyStorage();
    if (forceIsIgnored) {
      disk.ignoreForce();
    }
    CrashRun run = new CrashRun(passSeed, events);
    Judge judge = new Judge(passSeed);
    disk.watch(() -> crash(disk, run.promises(), judge, passSeed));
    run.on(disk);
    if (run.promises().acceptedEvents() != events) {
      throw new IllegalStateException(
          "the run accepted " + run.promises().acceptedEvents() + " (expected: " + events + ")");
    }
    operations += disk.operations();
    accepted += events;
  }

  private void crash(FaultyStorage disk, Promises promises, Judge judge, long passSeed) {
    Promises.Moment promised = promises.moment();
    long at = disk.operations();
    look(disk.afterKill(), judge, promised, "killed", passSeed, at);
    look(disk.afterPowerCut(Loss.EVERYTHING, at), judge, promised, "all lost", passSeed, at);
    look(disk.afterPowerCut(Loss.NOTHING, at), judge, promised, "none lost", passSeed, at);
    for (int i = 0; i < randomImages; i++) {
      long imageSeed = (passSeed * 31 + at) * 1009 + i;
      FaultyStorage left = disk.afterPowerCut(Loss.RANDOM, imageSeed);
      look(left, judge, promised, "torn " + imageSeed, passSeed, at);
    }
  }

  private void look(
      FaultyStorage image,
      Judge judge,
      Promises.Moment promised,
      String how,
      long passSeed,
      long at) {
    taken++;
    if (!seen.add(fingerprint(image) + promised.events())) {
      return;
    }
    judged++;
    try {
      String complaint = judge.wrong(image, promised);
      if (!complaint.isEmpty() && wrongs++ < WRONG_KEPT_MAX) {
        wrong.add("run %d, operation %d, %s: %s".formatted(passSeed, at, how, complaint));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while judging", e);
    }
  }

  private static long fingerprint(FaultyStorage image) {
    CRC32C one = new CRC32C();
    CRC32 other = new CRC32();
    for (String name : image.files()) {
      byte[] content = image.content(name);
      byte[] key = (name + " " + content.length).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      one.update(key, 0, key.length);
      other.update(key, 0, key.length);
      one.update(content, 0, content.length);
      other.update(content, 0, content.length);
    }
    return one.getValue() << 32 ^ other.getValue();
  }
}
