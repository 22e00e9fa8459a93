package io.levee.local.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses neighbouring small objects to be joined, so that years of flushes do not become millions
 * of files. Sizes fall in tiers, eight times as large each; a run of eight or more is joined when
 * at least half a tier's width of it is of the largest tier in it, so that an event is rewritten a
 * few times in all.
 */
final class Compaction {
  private static final int TIERS = 3;
  private static final int TIER_FACTOR = 8;
  private static final int RUN_MIN = 8;
  private static final int RUN_MAX = 64;
  private static final int LARGEST_TIER_MIN = 4;

  private final long objectBytesMax;

  Compaction(long objectBytesMax) {
    this.objectBytesMax = objectBytesMax;
  }

  /**
   * The objects to join next.
   *
   * @param objects oldest first
   * @return neighbours, oldest first; none when there is nothing to do
   */
  List<ArchiveObject> next(List<ArchiveObject> objects) {
    for (int tier = 0; tier < TIERS; tier++) {
      List<ArchiveObject> run = next(objects, tier);
      if (!run.isEmpty()) {
        return run;
      }
    }
    return List.of();
  }

  private List<ArchiveObject> next(List<ArchiveObject> objects, int tier) {
    List<ArchiveObject> run = new ArrayList<>();
    long bytes = 0;
    long events = 0;
    for (ArchiveObject object : objects) {
      bytes += object.bytes();
      events += object.head().events();
      boolean fits =
          run.size() < RUN_MAX && bytes <= objectBytesMax && events <= IdTable.EVENTS_MAX;
      if (fits && tier(object) <= tier) {
        run.add(object);
        continue;
      }
      if (isWorth(run, tier)) {
        return run;
      }
      run.clear();
      bytes = 0;
      events = 0;
    }
    return isWorth(run, tier) ? run : List.of();
  }

  private boolean isWorth(List<ArchiveObject> run, int tier) {
    return run.size() >= RUN_MIN
        && run.stream().filter(object -> tier(object) == tier).count() >= LARGEST_TIER_MIN;
  }

  /** 0 is the smallest; objects in the last are left alone, and so is what is damaged. */
  private int tier(ArchiveObject object) {
    if (object.isDamaged()) {
      return TIERS;
    }
    long limit = objectBytesMax / TIER_FACTOR;
    int tier = TIERS;
    while (tier > 0 && object.bytes() < limit) {
      limit /= TIER_FACTOR;
      tier--;
    }
    return tier;
  }
}
