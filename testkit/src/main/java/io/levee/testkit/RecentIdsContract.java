package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.accept.RecentIds;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What everything promises that remembers accepted ids. */
public abstract class RecentIdsContract {
  protected static final ProjectId SHOP = new ProjectId(1);
  protected static final ProjectId MAIL = new ProjectId(2);

  /** The one under test, started and empty at first; the same during a test. */
  protected abstract RecentIds recentIds();

  /** Random ids, the same for the same seed. */
  protected static List<EventId> ids(long seed, int count) {
    Random random = new Random(seed);
    List<EventId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(EventId.random(random));
    }
    return ids;
  }

  @Test
  final void claimsOnce() {
    EventId id = new EventId(1, 2);

    assertThat(recentIds().claim(SHOP, id)).isTrue();
    assertThat(recentIds().claim(SHOP, id)).isFalse();
    assertThat(recentIds().claim(SHOP, id)).isFalse();
  }

  @Test
  final void tellsProjectsAndIdsApart() {
    assertThat(recentIds().claim(SHOP, new EventId(1, 2))).isTrue();
    assertThat(recentIds().claim(MAIL, new EventId(1, 2))).isTrue();
    assertThat(recentIds().claim(SHOP, new EventId(2, 1))).isTrue();
    assertThat(recentIds().claim(SHOP, new EventId(0, 0))).isTrue();
    assertThat(recentIds().claim(SHOP, new EventId(0, 0))).isFalse();
  }

  @Test
  final void releasedIdCanBeClaimedAgain() {
    EventId id = new EventId(1, 2);
    recentIds().claim(SHOP, id);

    recentIds().release(SHOP, id);

    assertThat(recentIds().claim(SHOP, id)).isTrue();
    assertThat(recentIds().claim(SHOP, id)).isFalse();
  }

  @Test
  final void releaseOfWhatWasNotClaimedDoesNothing() {
    recentIds().claim(SHOP, new EventId(1, 2));

    recentIds().release(SHOP, new EventId(3, 4));
    recentIds().release(MAIL, new EventId(1, 2));

    assertThat(recentIds().claim(SHOP, new EventId(1, 2))).isFalse();
  }

  @Test
  final void releasesDoNotDisturbOthers() {
    List<EventId> ids = ids(1, 20_000);
    ids.forEach(id -> recentIds().claim(SHOP, id));
    Set<EventId> released = new HashSet<>(ids.subList(0, 10_000));

    released.forEach(id -> recentIds().release(SHOP, id));

    for (EventId id : ids) {
      assertThat(recentIds().claim(SHOP, id)).isEqualTo(released.contains(id));
    }
  }

  @Test
  final void oneOfManyThreadsWins() throws Exception {
    List<EventId> ids = ids(2, 5_000);
    int threads = 4;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> won = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        won.add(pool.submit(() -> claimed(ids)));
      }
      int sum = 0;
      for (Future<Integer> one : won) {
        sum += one.get();
      }
      assertThat(sum).isEqualTo(ids.size());
    }
  }

  private int claimed(List<EventId> ids) {
    return (int) ids.stream().filter(id -> recentIds().claim(SHOP, id)).count();
  }
}
