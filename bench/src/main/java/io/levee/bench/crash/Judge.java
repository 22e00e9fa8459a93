package io.levee.bench.crash;

import io.levee.event.EventRecord;
import io.levee.spool.FaultyStorage;
import java.util.List;

/** Starts a small Levee on what a crash left, and says whether all is as was promised. */
final class Judge {
  private static final int AFTERWARDS = 1_000_000;

  private final CrashEvents afterwards;

  Judge(long seed) {
    this.afterwards = new CrashEvents(~seed);
  }

  /**
   * Judges an image; the image is used up by it.
   *
   * @return the first thing that is wrong; empty when nothing is
   */
  String wrong(FaultyStorage image, Promises.Moment promised) throws InterruptedException {
    try {
      return start(image, promised);
    } catch (RuntimeException e) {
      return "exception: " + e;
    }
  }

  private String start(FaultyStorage image, Promises.Moment promised) throws InterruptedException {
    try (SmallLevee levee = SmallLevee.open(image, CrashRun.clock())) {
      levee.catchUp();
      List<String> found = levee.archived();
      String wrong = promised.wrong(found);
      if (!wrong.isEmpty()) {
        return wrong;
      }
      for (List<EventRecord> request : promised.accepted()) {
        for (EventRecord record : request) {
          if (levee.claim(record)) {
            return "a retry would be stored twice: " + record;
          }
        }
      }
      if (levee.busStats().lost() > 0 || !levee.troubles().isEmpty()) {
        return "damage: " + levee.busStats().lost() + " records, " + levee.troubles();
      }
      return goesOn(levee, found.size());
    }
  }

  /** What was recovered is of use only when it can be added to. */
  private String goesOn(SmallLevee levee, int before) throws InterruptedException {
    levee.publish(List.of(afterwards.record(AFTERWARDS)));
    levee.catchUp();
    int after = levee.archived().size();
    return after == before + 1 ? "" : "one event more makes " + after + " of " + before;
  }
}
