package io.levee.bench.crash;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.run.BackendException;
import io.levee.event.EventHeader;
import io.levee.event.EventRecord;
import io.levee.local.accept.DiskRecentIds;
import io.levee.local.accept.RecentIdsOptions;
import io.levee.local.archive.ArchiveOptions;
import io.levee.local.archive.FileArchive;
import io.levee.local.bus.SpoolEventBus;
import io.levee.spool.SpoolOptions;
import io.levee.spool.SpoolStats;
import io.levee.spool.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Bus, recent ids and archive on one disk, wired as the whole Levee wires them, but driven by hand:
 * the caller says when a subscriber is given something and when it flushes. Limits are tiny, so
 * that a thousand events fill many segments and objects. {@link #publish} may be called from
 * several threads at once; all else belongs to one.
 */
final class SmallLevee implements AutoCloseable {
  private static final SpoolOptions BUS =
      new SpoolOptions(4 << 10, 16 << 10, 16 << 10, 1 << 20, 4 << 20, 0, Duration.ofMillis(10));
  private static final RecentIdsOptions RECENT =
      new RecentIdsOptions(64 * 1024, Duration.ofHours(24));
  private static final ArchiveOptions ARCHIVE =
      new ArchiveOptions(4 << 10, 1, 1 << 20, 64 << 10, 4 << 10, 64 << 10);
  private static final int BATCH_EVENTS = 64;
  private static final int BATCH_BYTES = 32 << 10;
  private static final int ATTEMPTS_MAX = 6;

  private final SpoolEventBus bus;
  private final DiskRecentIds recent;
  private final FileArchive archive;
  private final List<Driven> subscribers = new ArrayList<>();

  /** A subscriber, its way through the bus, and what of a batch it could not take yet. */
  private record Driven(Subscriber subscriber, BusConsumer consumer) {}

  private SmallLevee(Storage disk, Clock clock) {
    this.bus = new SpoolEventBus(new FolderStorage(disk, "bus"), BUS);
    this.recent = new DiskRecentIds(new FolderStorage(disk, "recent"), RECENT, clock);
    this.archive = new FileArchive(new FolderStorage(disk, "archive"), ARCHIVE, clock);
  }

  /**
   * Opens all of it, in the order of the real one; when that fails, closes what was opened.
   *
   * @throws BackendException when the disk does not let it
   */
  static SmallLevee open(Storage disk, Clock clock) {
    SmallLevee levee = new SmallLevee(disk, clock);
    boolean open = false;
    try {
      levee.bus.start();
      levee.recent.start();
      levee.archive.start();
      levee.subscribe(levee.recent);
      levee.subscribe(levee.archive);
      open = true;
      return levee;
    } finally {
      if (!open) {
        levee.close();
      }
    }
  }

  private void subscribe(Subscriber subscriber) {
    subscribers.add(
        new Driven(subscriber, bus.subscribe(subscriber.group(), subscriber.committed())));
  }

  /**
   * Takes a request in as the door does: claims ids, makes what is new durable as one, and takes
   * the claims back when that fails.
   *
   * @throws BackendException when the answer is no
   */
  void publish(List<EventRecord> request) {
    List<EventRecord> fresh = new ArrayList<>();
    boolean durable = false;
    try {
      for (EventRecord record : request) {
        if (claim(record)) {
          fresh.add(record);
        }
      }
      if (!fresh.isEmpty()) {
        bus.publish(fresh);
      }
      durable = true;
    } finally {
      if (!durable) {
        fresh.forEach(one -> recent.release(one.header().project(), one.header().id()));
      }
    }
  }

  /** Whether nobody has claimed the event's id; claims it. */
  boolean claim(EventRecord record) {
    EventHeader header = record.header();
    return recent.claim(header.project(), header.id());
  }

  /** Gives one batch to a subscriber, by number; tries again as the real loop does. */
  boolean deliver(int subscriber) throws InterruptedException {
    Driven driven = subscribers.get(subscriber);
    List<Delivery> batch = driven.consumer.poll(BATCH_EVENTS, BATCH_BYTES, Duration.ZERO);
    if (!batch.isEmpty()) {
      stubbornly(() -> driven.subscriber.apply(batch));
    }
    return !batch.isEmpty();
  }

  /** Makes a subscriber's effects durable and tells the bus. */
  void flush(int subscriber) {
    Driven driven = subscribers.get(subscriber);
    stubbornly(() -> driven.consumer.commit(driven.subscriber.flush()));
  }

  int subscribers() {
    return subscribers.size();
  }

  private static void stubbornly(Runnable work) {
    for (int attempt = 1; ; attempt++) {
      try {
        work.run();
        return;
      } catch (BackendException.Unavailable e) {
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  /** Has every subscriber deal with all that is on the bus, durably. */
  void catchUp() throws InterruptedException {
    for (int subscriber = 0; subscriber < subscribers.size(); subscriber++) {
      while (deliver(subscriber)) {
        // One batch after the other.
      }
      flush(subscriber);
      Positions end = bus.end();
      Positions reached = subscribers.get(subscriber).subscriber.committed();
      if (!reached.reached(end)) {
        throw new IllegalStateException(
            subscribers.get(subscriber).subscriber.group()
                + " stands at "
                + reached
                + " of "
                + end);
      }
    }
  }

  /** The bodies of all events in the archive. */
  List<String> archived() {
    List<String> bodies = new ArrayList<>();
    for (LocalDate day : archive.days()) {
      archive.scan(day, event -> bodies.add(new String(event.json(), StandardCharsets.UTF_8)));
    }
    return bodies;
  }

  SpoolStats busStats() {
    return bus.stats();
  }

  /** What the parts say of themselves: empty when all are well. */
  String troubles() {
    return java.util.stream.Stream.of(bus.check(), archive.check())
        .filter(io.levee.engine.run.Health.Failing.class::isInstance)
        .map(Object::toString)
        .collect(java.util.stream.Collectors.joining("; "));
  }

  @Override
  public void close() {
    subscribers.forEach(driven -> driven.consumer.close());
    archive.close();
    recent.close();
    bus.close();
  }
}
