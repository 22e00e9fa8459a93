package io.levee.bench.crash;

import io.levee.engine.run.BackendException;
import io.levee.event.EventRecord;
import io.levee.spool.Storage;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A few lives of a small Levee on one disk: requests of one to five events, up to three at once,
 * clients that repeat what was not answered, subscribers that lag, flush and catch up, and a start
 * in between. The same for the same seed, but for which of requests made at once is written first.
 */
public final class CrashRun {
  private static final int LIVES = 3;
  private static final int REQUEST_EVENTS_MAX = 5;
  private static final int AT_ONCE_MAX = 3;
  private static final int TRIES_MAX = 4;

  private final CrashEvents events;
  private final SplittableRandom random;
  private final int count;
  private final Promises promises = new Promises();
  private final Deque<Request> waiting = new ArrayDeque<>();
  private int next;

  /** A request, and how often it was tried. */
  private record Request(List<EventRecord> records, int tries) {}

  /**
   * @param count events to be sent in all
   */
  public CrashRun(long seed, int count) {
    this.events = new CrashEvents(seed);
    this.random = new SplittableRandom(seed);
    this.count = count;
  }

  Promises promises() {
    return promises;
  }

  static Clock clock() {
    return Clock.fixed(CrashEvents.NOON, ZoneOffset.UTC);
  }

  /** Lives on a disk; a life that the disk ends early is followed by the next. */
  void on(Storage disk) throws InterruptedException {
    for (int life = 1; life <= LIVES; life++) {
      try (SmallLevee levee = SmallLevee.open(disk, clock())) {
        live(levee, life * count / LIVES);
      } catch (BackendException e) {
        // The disk failed at a start or for good: the next life begins on what is there.
      }
    }
  }

  private void live(SmallLevee levee, int until) throws InterruptedException {
    while (next < until || !waiting.isEmpty()) {
      publishSome(levee, until);
      for (int subscriber = 0; subscriber < levee.subscribers(); subscriber++) {
        if (random.nextInt(3) == 0) {
          levee.deliver(subscriber);
        }
        if (random.nextInt(12) == 0) {
          levee.flush(subscriber);
        }
      }
    }
    if (random.nextBoolean()) {
      levee.catchUp();
    }
  }

  private void publishSome(SmallLevee levee, int until) throws InterruptedException {
    List<Request> requests = new ArrayList<>();
    int atOnce = 1 + random.nextInt(AT_ONCE_MAX);
    for (int i = 0; i < atOnce; i++) {
      Request request = waiting.isEmpty() ? fresh(until) : waiting.removeFirst();
      if (!request.records.isEmpty()) {
        requests.add(request);
      }
    }
    List<Thread> clients = new ArrayList<>();
    for (Request request : requests.subList(Math.min(1, requests.size()), requests.size())) {
      clients.add(Thread.ofVirtual().start(() -> send(levee, request)));
    }
    if (!requests.isEmpty()) {
      send(levee, requests.getFirst());
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  private Request fresh(int until) {
    List<EventRecord> records = new ArrayList<>();
    int size = 1 + random.nextInt(REQUEST_EVENTS_MAX);
    while (records.size() < size && next < until) {
      records.add(events.record(next++));
    }
    return new Request(records, 0);
  }

  private void send(SmallLevee levee, Request request) {
    if (request.tries == 0) {
      promises.sending(request.records);
    }
    try {
      levee.publish(request.records);
      promises.accepted(request.records);
    } catch (BackendException e) {
      if (request.tries + 1 < TRIES_MAX) {
        again(new Request(request.records, request.tries + 1));
      }
    }
  }

  private synchronized void again(Request request) {
    waiting.addLast(request);
  }
}
