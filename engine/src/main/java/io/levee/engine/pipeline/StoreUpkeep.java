package io.levee.engine.pipeline;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import io.levee.event.ProjectId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes sure of the two stores: proves that they agree, and restores one from the other, while the
 * intake goes on. What arrives meanwhile waits on the bus. One piece of work at a time.
 */
public final class StoreUpkeep {
  private static final int BATCH_EVENTS = 1_000;
  private static final long BATCH_BYTES = 8 << 20;
  private static final int SAY_EVERY = 100_000;

  private final EventBus bus;
  private final EventIndex index;
  private final EventArchive archive;
  private final SubscriberLoop indexLoop;
  private final SubscriberLoop archiveLoop;
  private final Supplier<List<Finding>> elsewhere;
  private final ReentrantLock one = new ReentrantLock();

  /**
   * @param elsewhere what is damaged in stores that have no other to be compared with
   */
  public StoreUpkeep(
      EventBus bus,
      EventIndex index,
      EventArchive archive,
      SubscriberLoop indexLoop,
      SubscriberLoop archiveLoop,
      Supplier<List<Finding>> elsewhere) {
    this.bus = bus;
    this.elsewhere = elsewhere;
    this.index = index;
    this.archive = archive;
    this.indexLoop = indexLoop;
    this.archiveLoop = archiveLoop;
  }

  /**
   * A day of a project on which the stores do not agree.
   *
   * @param inIndex what the index holds
   * @param inArchive what the archive holds
   */
  public record Difference(
      LocalDate day, ProjectId project, ContentDigest inIndex, ContentDigest inArchive) {}

  /**
   * What a verification found.
   *
   * @param events how many were compared
   * @param days how many days of projects were compared
   * @param damage what else is not as it was written, in bus, index and database
   */
  public record Verified(
      long events, int days, List<Difference> differences, List<Finding> damage) {
    public Verified {
      differences = List.copyOf(differences);
      damage = List.copyOf(damage);
    }

    public boolean agree() {
      return differences.isEmpty() && damage.stream().noneMatch(Finding::open);
    }
  }

  /**
   * Compares index and archive, count for count and digest for digest, at the same place of the
   * bus. The digests of the index are computed from the events that it returns; those of the
   * archive likewise, and its footers must say the same.
   *
   * @throws InterruptedException when interrupted; the stores go on as before
   */
  public Verified verify(Progress progress) throws InterruptedException {
    Positions place = bus.end();
    for (Health health : List.of(bus.check(), archive.check(), index.check())) {
      if (health instanceof Health.Failing(String reason)) {
        progress.say("known trouble: " + reason); // What lies in quarantine, above all.
      }
    }
    progress.say("waiting for index and archive to reach the same place");
    return standing(place, ignored -> compare(progress));
  }

  /** Something that is done while both stores stand still. */
  @FunctionalInterface
  public interface Standing<T> {
    /**
     * @param place where both stand, durably
     */
    T at(Positions place) throws InterruptedException;
  }

  /**
   * Holds both stores still at one place of the bus, everything before it durable, and does
   * something meanwhile; no verification and no rebuild goes on beside it.
   *
   * @param atLeast the place, or before it
   * @throws InterruptedException when interrupted; the stores go on as before
   */
  public <T> T standing(Positions atLeast, Standing<T> work) throws InterruptedException {
    one.lockInterruptibly();
    try {
      archiveLoop.pauseAt(atLeast);
      try {
        indexLoop.pauseAt(archiveLoop.applied());
        try {
          archiveLoop.pauseAt(indexLoop.applied()); // The index may have been further on already.
          return work.at(indexLoop.applied());
        } finally {
          indexLoop.resume();
        }
      } finally {
        archiveLoop.resume();
      }
    } finally {
      one.unlock();
    }
  }

  private Verified compare(Progress progress) {
    TreeSet<LocalDate> days = new TreeSet<>(index.days());
    days.addAll(archive.days());
    List<Difference> differences = new ArrayList<>();
    List<Finding> damage = new ArrayList<>();
    long events = 0;
    int compared = 0;
    for (LocalDate day : days) {
      Digests inIndex = Digests.of("index", day, damage, each -> index.scan(day, each));
      Digests inArchive = Digests.of("archive", day, damage, each -> archive.scan(day, each));
      Digests promised = Digests.told("archive", day, damage, () -> archive.digests(day));
      TreeSet<ProjectId> projects = new TreeSet<>(inIndex.projects());
      projects.addAll(inArchive.projects());
      projects.addAll(promised.projects());
      for (ProjectId project : projects) {
        ContentDigest one = inIndex.of(project);
        ContentDigest other = inArchive.of(project);
        ContentDigest footer = promised.of(project);
        events += other.events();
        compared++;
        if (!one.equals(other) || !other.equals(footer)) {
          differences.add(new Difference(day, project, one, one.equals(other) ? footer : other));
        }
      }
      progress.say(
          day
              + ": "
              + projects.size()
              + " projects compared, "
              + differences.size()
              + " differences so far");
    }
    progress.say("reading the index through");
    damage.addAll(index.damage());
    damage.addAll(bus.damage());
    damage.addAll(elsewhere.get());
    return new Verified(events, compared, differences, damage);
  }

  /**
   * Builds the index anew from the archive and puts it in the old one's place.
   *
   * @return how many events it holds
   * @throws InterruptedException when interrupted; the old index stays
   */
  public long rebuildIndex(Progress progress) throws InterruptedException {
    one.lockInterruptibly();
    try (EventIndex.IndexRebuild rebuild = index.rebuild()) {
      archiveLoop.pauseAt(bus.end());
      try {
        Positions place = archive.committed();
        long events = copy(archive.days(), archive::scan, rebuild::add, progress);
        // The index may be ahead of or behind the archive; what lies between comes from the bus
        // again, which holds it for the archive. An index that can't be written is replaced too.
        indexLoop.hold();
        try {
          rebuild.complete(place);
        } finally {
          indexLoop.resume();
        }
        return events;
      } finally {
        archiveLoop.resume();
      }
    } finally {
      one.unlock();
    }
  }

  /**
   * Builds the archive anew from the index and puts it in the old one's place.
   *
   * @return how many events it holds
   * @throws InterruptedException when interrupted; the old archive stays
   */
  public long rebuildArchive(Progress progress) throws InterruptedException {
    one.lockInterruptibly();
    try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
      indexLoop.pauseAt(bus.end());
      try {
        Positions place = index.committed();
        long events = copy(index.days(), index::scan, rebuild::add, progress);
        archiveLoop.hold();
        try {
          rebuild.complete(place);
        } finally {
          archiveLoop.resume();
        }
        return events;
      } finally {
        indexLoop.resume();
      }
    } finally {
      one.unlock();
    }
  }

  private interface DayScan {
    void scan(LocalDate day, Consumer<StoredEvent> consumer);
  }

  private static long copy(
      List<LocalDate> days, DayScan from, Consumer<List<StoredEvent>> to, Progress progress) {
    AtomicLong events = new AtomicLong();
    AtomicLong leftOut = new AtomicLong();
    List<StoredEvent> batch = new ArrayList<>(BATCH_EVENTS);
    long[] bytes = new long[1];
    for (LocalDate day : days) {
      from.scan(
          day,
          stored -> {
            batch.add(stored);
            bytes[0] += stored.json().length;
            if (batch.size() == BATCH_EVENTS || bytes[0] >= BATCH_BYTES) {
              leftOut.addAndGet(give(List.copyOf(batch), to, progress));
              batch.clear();
              bytes[0] = 0;
            }
            if (events.incrementAndGet() % SAY_EVERY == 0) {
              progress.say(day + ": " + events.get() + " events");
            }
          });
      progress.say(day + ": done, " + events.get() + " events so far");
    }
    if (!batch.isEmpty()) {
      leftOut.addAndGet(give(List.copyOf(batch), to, progress));
    }
    return events.get() - leftOut.get();
  }

  /** One event that the store can't take must not keep all others out; how many it left out. */
  static int give(List<StoredEvent> batch, Consumer<List<StoredEvent>> to, Progress progress) {
    try {
      to.accept(batch);
      return 0;
    } catch (BackendException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      if (batch.size() == 1) {
        progress.say("left out an event that can't be taken: " + e);
        return 1;
      }
      int half = batch.size() / 2;
      return give(batch.subList(0, half), to, progress)
          + give(batch.subList(half, batch.size()), to, progress);
    }
  }
}
