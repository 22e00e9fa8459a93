package io.levee.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Positions;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever becomes durable, the weights and what is found pending add up to what came in. */
final class SamplingCrashTest {
  private static final int REQUESTS_AT_ONCE = 8;

  private record Request(Sampling.Round round, List<EventRecord> records, boolean published) {}

  @Test
  void afterACrashAtAnyRecordTheWeightsAddUp() {
    for (int seed = 1; seed <= 30; seed++) {
      Flood flood = race(new Random(seed), 400);
      int records = flood.bus.records().size();
      for (int durable = 0; durable <= records; durable++) {
        assertThat(flood.weightAfterCrash(durable))
            .as("seed %d, crash behind record %d of %d", seed, durable, records)
            .isEqualTo(flood.sent(durable));
      }
    }
  }

  /** The control: without what is found pending the sum is wrong, so the test above could fail. */
  @Test
  void withoutWhatIsPendingTheWeightsDoNotAddUp() {
    Flood flood = race(new Random(1), 400);
    int wrong = 0;
    for (int durable = 0; durable <= flood.bus.records().size(); durable++) {
      long weights =
          flood.bus.records().subList(0, durable).stream()
              .filter(record -> !record.header().sampledOut())
              .mapToLong(record -> record.header().weight())
              .sum();
      wrong += weights == flood.sent(durable) ? 0 : 1;
    }
    assertThat(wrong).isPositive();
  }

  @Test
  void whenAllIsSettledNothingIsPending() {
    for (int seed = 1; seed <= 30; seed++) {
      Flood flood = race(new Random(seed), 400);
      flood.sampling.close();
      assertThat(flood.weight())
          .as("seed %d", seed)
          .isEqualTo(flood.sent(flood.bus.records().size()));
    }
  }

  /** Requests that overlap in every way, some of which fail; quiet and sweeps between them. */
  private static Flood race(Random random, int steps) {
    Flood flood = new Flood();
    List<Request> open = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int choice = random.nextInt(10);
      if (choice < 4 && open.size() < REQUESTS_AT_ONCE) {
        open.add(begin(flood, random));
      } else if (choice < 9 && !open.isEmpty()) {
        int index = random.nextInt(open.size());
        Request request = open.get(index);
        Request after = move(flood, request, random);
        if (after == null) {
          open.remove(index);
        } else {
          open.set(index, after);
        }
      } else {
        flood.pass(Duration.ofMillis(random.nextInt(2_500)));
        flood.sampling.sweep();
      }
    }
    for (Request request : open) {
      Request left = request.published() ? request : move(flood, request, new Random(1));
      if (left != null) {
        left.round().durable();
        left.round().close();
      }
    }
    return flood;
  }

  private static Request begin(Flood flood, Random random) {
    Sampling.Round round = flood.sampling.begin();
    List<EventRecord> records = new ArrayList<>();
    int events = 1 + random.nextInt(6);
    for (int i = 0; i < events; i++) {
      String environment = random.nextInt(4) == 0 ? "staging" : "production";
      int user = random.nextInt(400);
      records.add(
          round.record(
              flood.event(
                  random.nextInt(2), e -> e.environment(environment).user(Flood.user(user))),
              null));
    }
    return new Request(round, records, false);
  }

  /** Publishes, fails, or hears that it is durable; null when it has ended. */
  private static @Nullable Request move(Flood flood, Request request, Random random) {
    if (request.published()) {
      request.round().durable();
      request.round().close();
      return null;
    }
    if (random.nextInt(8) == 0) {
      request.round().close();
      return null;
    }
    flood.bus.publish(request.records());
    return new Request(request.round(), request.records(), true);
  }

  @Test
  void threadsThatRaceCountEverythingOnce() throws InterruptedException {
    Flood flood = new Flood();
    int threads = 8;
    int each = 5_000;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int first = t;
      running.add(
          Thread.ofVirtual()
              .start(() -> {
                await(go);
                for (int i = 0; i < each; i++) {
                  int user = (first * each + i) % 500;
                  Event event;
                  synchronized (flood) {
                    event = flood.event(user % 3, e -> e.user(Flood.user(user)));
                  }
                  flood.send(event);
                  flood.pass(Duration.ofNanos(50_000));
                  if (i % 500 == 0) {
                    flood.sampling.sweep();
                  }
                }
              }));
    }
    go.countDown();
    for (Thread thread : running) {
      thread.join();
    }

    assertThat(flood.weightAfterCrash()).isEqualTo((long) threads * each);
    flood.sampling.close();
    assertThat(flood.weight()).isEqualTo((long) threads * each);
    assertThat(flood.kept()).hasSizeLessThan(3 * 400);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theGroupHoldsTheBusAtTheOldestThatIsPending() {
    Flood flood = new Flood();
    ListBus.HeapPositions store = new ListBus.HeapPositions();
    PendingDrops pending = new PendingDrops(store);
    pending.committed();
    pending.handOver();
    flood.send(Flood.THRESHOLD + 5);
    pending.apply(flood.bus.deliveries(0, 15));
    assertThat(pending.flush().offset(0)).isEqualTo(Flood.THRESHOLD);

    flood.sampling.close();
    pending.apply(flood.bus.deliveries(15, 16));

    assertThat(pending.flush().offset(0)).isEqualTo(16);
    assertThat(store.read()).isEqualTo(new Positions(Map.of(0, 16L)));
  }

  @Test
  void readingOnFromThereFindsTheSame() {
    for (int seed = 1; seed <= 20; seed++) {
      Flood flood = race(new Random(seed), 300);
      int records = flood.bus.records().size();
      for (int at = 0; at <= records; at += 7) {
        ListBus.HeapPositions store = new ListBus.HeapPositions();
        PendingDrops first = new PendingDrops(store);
        first.apply(flood.bus.deliveries(0, at));
        int from = (int) first.flush().offset(0);
        PendingDrops second = new PendingDrops(store);
        second.apply(flood.bus.deliveries(from, records));
        PendingDrops whole = new PendingDrops(new ListBus.HeapPositions());
        whole.apply(flood.bus.deliveries(0, records));
        assertThat(weight(second)).as("seed %d, from %d", seed, from).isEqualTo(weight(whole));
      }
    }
  }

  private static long weight(PendingDrops pending) {
    return pending.handOver().stream().mapToLong(DroppedRun::weight).sum();
  }

  @Test
  void whatACrashLeftIsStoredOnceWithItsBody() {
    Flood before = new Flood();
    before.send(100);
    PendingDrops pending = new PendingDrops(new ListBus.HeapPositions());
    pending.apply(before.bus.deliveries(0, 100));

    before.bus.breakDown(true);
    Sampling after =
        new Sampling(
            before.bus,
            (project, now) -> Flood.THRESHOLD,
            SamplingLimits.DEFAULT,
            System::nanoTime,
            () -> 77L);
    after.restore(pending.handOver());
    before.bus.breakDown(false);
    after.sweep();
    after.sweep();

    EventRecord stored = before.kept().getLast();
    assertThat(stored.header().promoted()).isTrue();
    assertThat(stored.event().weight()).isEqualTo(90);
    assertThat(stored.event().marks()).isEmpty();
    assertThat(before.weight()).isEqualTo(100);
    assertThat(before.weightAfterCrash()).isEqualTo(100);
  }
}
