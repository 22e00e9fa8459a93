package io.levee.app;

import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.GroupLag;
import io.levee.engine.index.EventIndex;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.pipeline.HeadRoom;
import io.levee.engine.pipeline.PipelineStatus;
import io.levee.engine.pipeline.PipelineView;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.local.bus.SpoolEventBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this node is doing, put together from its parts. What is dear to find out is remembered for a
 * moment.
 */
final class NodeStatus implements PipelineView {
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final DataFolder folder;
  private final SpoolEventBus bus;
  private final EventIndex index;
  private final EventArchive archive;
  private final Ledger ledger;
  private final Loops loops;
  private final DeadLetters deadLetters;
  private final Clock clock;
  private volatile long readyNanos;

  private record Dated(PipelineStatus status, long nanos, long accepted) {}

  private volatile @Nullable Dated last;
  private volatile Supplier<List<String>> troubles = List::of;
  private volatile Supplier<HeadRoom.Estimate> headRoom = () -> HeadRoom.Estimate.UNKNOWN;

  NodeStatus(
      DataFolder folder,
      SpoolEventBus bus,
      EventIndex index,
      EventArchive archive,
      Ledger ledger,
      Loops loops,
      DeadLetters deadLetters,
      Clock clock) {
    this.folder = folder;
    this.bus = bus;
    this.index = index;
    this.archive = archive;
    this.ledger = ledger;
    this.loops = loops;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** Who knows what is wrong; told once, before the start. */
  void watchedBy(Supplier<List<String>> whatIsWrong) {
    troubles = whatIsWrong;
  }

  /** Who knows how much more we can take; told once, before the start. */
  void headRoomFrom(Supplier<HeadRoom.Estimate> estimate) {
    headRoom = estimate;
  }

  /** Called when the door is open. */
  void ready() {
    readyNanos = Math.max(1, System.nanoTime());
  }

  boolean isReady() {
    return readyNanos != 0;
  }

  @Override
  public PipelineStatus status() {
    Dated before = last;
    long now = System.nanoTime();
    if (before != null && now - before.nanos() < FRESH_NANOS) {
      return before.status();
    }
    long accepted = ledger.total(Outcome.ACCEPTED);
    double perSecond =
        before == null ? 0 : (accepted - before.accepted()) * 1e9 / (now - before.nanos());
    PipelineStatus status =
        new PipelineStatus(
            Version.NAME,
            Duration.ofNanos(now - readyNanos),
            perSecond,
            subscribers(),
            disk(),
            headRoom.get(),
            troubles.get());
    last = new Dated(status, now, accepted);
    return status;
  }

  private List<PipelineStatus.SubscriberStatus> subscribers() {
    Map<String, GroupLag> lags = new HashMap<>();
    bus.lag().forEach(lag -> lags.put(lag.group(), lag));
    Map<String, DeadLetters.Tally> dead = deadLetters.tallies();
    List<PipelineStatus.SubscriberStatus> all = new ArrayList<>();
    for (SubscriberLoop loop : loops.all()) {
      GroupLag lag = lags.getOrDefault(loop.group(), new GroupLag(loop.group(), 0, 0, null));
      Duration oldest =
          lag.oldest() == null ? null : Duration.between(lag.oldest(), clock.instant());
      all.add(
          new PipelineStatus.SubscriberStatus(
              loop.group(),
              loop.state(),
              lag.records(),
              lag.bytes(),
              oldest,
              loop.ratePerSecond(),
              loop.lastError(),
              dead.getOrDefault(loop.group(), DeadLetters.Tally.NOTHING).letters()));
    }
    return all;
  }

  private PipelineStatus.Disk disk() {
    try {
      FileStore store = folder.fileStore();
      return new PipelineStatus.Disk(
          store.getTotalSpace(),
          store.getUsableSpace(),
          bus.stats().diskBytes(),
          index.bytes(),
          archive.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
