package io.levee.engine.erase;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.RetiringBus;
import io.levee.engine.index.Erasing;
import io.levee.engine.index.ErasingStore;
import io.levee.engine.index.EventIndex;
import io.levee.engine.pipeline.StoreUpkeep;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.engine.run.BackendException;
import io.levee.event.EventHeader;
import io.levee.event.EventRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fulfils erasures, one after the other, on a thread of its own. Every step can be done again, so
 * that it goes on after any crash where it was. The order of the steps is what makes it sure:
 *
 * <ol>
 *   <li>The bus lets go of all that came before, so that nobody can read it from there again. What
 *       burst sampling held back has been stored by then.
 *   <li>Issues, index and archive are held still at one place. In one transaction the issues lose
 *       the events; then the two stores do.
 *   <li>Dead letters go, and the bus lets go of what came meanwhile.
 *   <li>The wish forgets whom it is about, and the database rewrites its files.
 * </ol>
 */
public final class Eraser implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final Duration BUS_LOOK = Duration.ofMillis(200);
  private static final int BUS_LOOKS_QUIET = 150;
  private static final int LETTERS_AT_ONCE = 200;
  private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

  private final Ports ports;
  private final Clock clock;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean asked;
  private volatile boolean closing;

  /** Files that were set aside because they can't be read. */
  public interface Aside {
    /** Names for people. */
    List<String> names();

    /** Deletes them. */
    void removeAll();
  }

  /**
   * What holds data.
   *
   * @param retiring the bus again, which lets go of what was read
   * @param stores index and archive
   * @param issueLoop brings events to issues
   * @param aside beside what the stores themselves set aside
   * @param forgetDeleted has the database rewrite its files without what was deleted
   */
  public record Ports(
      ErasureStore store,
      EventBus bus,
      RetiringBus retiring,
      EventIndex index,
      List<ErasingStore> stores,
      StoreUpkeep upkeep,
      SubscriberLoop issueLoop,
      DeadLetters letters,
      Aside aside,
      Runnable forgetDeleted) {
    public Ports {
      stores = List.copyOf(stores);
    }
  }

  public Eraser(Ports ports, Clock clock, ThreadFactory threads) {
    this.ports = ports;
    this.clock = clock;
    this.thread = threads.newThread(this::run);
    thread.setName("levee-eraser");
  }

  /** Begins, with what was not done before; called once, when all loops run. */
  public void start() {
    thread.start();
  }

  /** Somebody asked for something. */
  public void wake() {
    lock.lock();
    try {
      asked = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!closing) {
        boolean troubled = false;
        for (Erasure erasure : open()) {
          troubled |= !fulfil(erasure);
        }
        await(troubled ? RETRY_AFTER : LOOK_EVERY);
      }
    } catch (InterruptedException e) {
      // Closing; the next start goes on.
      Thread.currentThread().interrupt();
    }
  }

  private List<Erasure> open() {
    try {
      return ports.store().open();
    } catch (BackendException e) {
      LOG.atWarn().setCause(e).log("erasures can't be read; tried again");
      return List.of();
    }
  }

  private void await(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (!asked && !closing && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      asked = false;
    } finally {
      lock.unlock();
    }
  }

  /** False when it must be tried again. */
  private boolean fulfil(Erasure erasure) throws InterruptedException {
    try {
      advance(erasure);
      return true;
    } catch (BackendException e) {
      LOG.atWarn()
          .addKeyValue("erasure", erasure.id())
          .setCause(e)
          .log("erasure in trouble; tried again");
      tell(erasure, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("erasure", erasure.id())
          .setCause(e)
          .log("erasure failed for a reason of our own; tried again");
      tell(erasure, e.getClass().getSimpleName());
    }
    return false;
  }

  private void tell(Erasure erasure, @Nullable String trouble) {
    try {
      ports.store().trouble(erasure.id(), trouble);
    } catch (BackendException e) {
      LOG.atWarn().addKeyValue("erasure", erasure.id()).setCause(e).log("trouble not noted");
    }
  }

  private void advance(Erasure erasure) throws InterruptedException {
    switch (erasure.step()) {
      case REQUESTED, COUNTED -> {
        clear(erasure);
        ports.store().forget(erasure.id());
        finish(erasure);
      }
      case CLEARED -> {
        ports.store().forget(erasure.id());
        finish(erasure);
      }
      case FORGOTTEN -> finish(erasure);
      case DONE -> {}
    }
  }

  private void clear(Erasure erasure) throws InterruptedException {
    Erasing which = IssueErasing.of(erasure);
    ports.bus().barrier();
    retire(erasure, ports.bus().end());
    Positions end = ports.bus().end();
    SubscriberLoop issues = ports.issueLoop();
    issues.pauseAt(end);
    long events;
    Positions place;
    try {
      place = issues.applied();
      events =
          ports
              .upkeep()
              .standing(
                  place,
                  stands -> {
                    issues.pauseAt(stands); // It stands before the two, or there.
                    if (erasure.step() == Erasure.Step.REQUESTED) {
                      count(erasure, new LossCount(ports.index(), ports.store(), which));
                    }
                    return erase(which);
                  });
    } finally {
      issues.resume();
    }
    dropLetters(erasure, which);
    retire(erasure, ports.bus().end());
    ports.store().cleared(erasure.id(), events);
    LOG.atInfo().addKeyValue("erasure", erasure.id()).addKeyValue("events", events).log("erased");
  }

  private void count(Erasure erasure, LossCount losses) {
    switch (erasure.subject()) {
      case Erasure.OfIssue ignored -> ports.store().drop(erasure, losses.staying());
      case Erasure.OfUser ignored ->
          ports.store().recount(erasure, losses.losses(), clock.instant());
    }
  }

  private long erase(Erasing which) {
    long most = 0;
    for (ErasingStore store : ports.stores()) {
      most = Math.max(most, store.erase(which));
    }
    return most;
  }

  /** Has everything flushed and waits until the bus holds nothing any more. */
  private void retire(Erasure erasure, Positions before) throws InterruptedException {
    Positions ignored = ports.upkeep().standing(before, place -> place);
    int looks = 0;
    while (!ports.retiring().retire(before)) {
      if (closing) {
        throw new InterruptedException("closing");
      }
      await(BUS_LOOK);
      if (++looks == BUS_LOOKS_QUIET) {
        tell(erasure, "waiting for the bus: a subscriber has not read it yet");
      }
    }
    if (looks >= BUS_LOOKS_QUIET) {
      tell(erasure, null);
    }
  }

  private void dropLetters(Erasure erasure, Erasing which) {
    for (String group : ports.letters().tallies().keySet()) {
      long before = Long.MAX_VALUE;
      List<DeadLetter> some;
      do {
        some = ports.letters().list(group, before, LETTERS_AT_ONCE);
        for (DeadLetter letter : some) {
          before = letter.id();
          if (takes(erasure, which, letter.record())) {
            boolean ignored = ports.letters().remove(letter.id());
          }
        }
      } while (!some.isEmpty());
    }
  }

  /** A letter that can't be read goes too, if it came in before: nobody can say whose it is. */
  private static boolean takes(Erasure erasure, Erasing which, EventRecord record) {
    EventHeader header = record.header();
    boolean mayBe =
        header.project().equals(which.project())
            && header.received().isBefore(which.receivedBefore());
    if (!mayBe || record.body().length == 0) {
      return mayBe && IssueErasing.takes(erasure, header);
    }
    try {
      return which.takes(record.event());
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private void finish(Erasure erasure) {
    List<String> left = new ArrayList<>();
    if (erasure.asideToo()) {
      ports.aside().removeAll();
    }
    left.addAll(ports.aside().names());
    ports.stores().forEach(store -> left.addAll(store.unread()));
    ports.forgetDeleted().run();
    ports.store().done(erasure.id(), left.stream().distinct().toList(), clock.instant());
  }

  /** Ends after the step at hand; the next start goes on. Idempotent. */
  @Override
  public void close() {
    closing = true;
    wake(); // Never by an interrupt: it would close the files that a store is writing.
    try {
      boolean ignored = !thread.isAlive() || thread.join(CLOSE_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
