package io.levee.engine.pipeline;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.run.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one {@link Subscriber}: polls the bus, applies, flushes, commits. A store in trouble makes
 * it wait and try again without end; an event that can't be dealt with is set aside in the dead
 * letters, and the rest flows on.
 *
 * <p>One thread of its own does all of the work; every method may be called from any thread.
 */
public final class SubscriberLoop implements AutoCloseable {
  /** What the loop is doing. */
  public enum State {
    NEW,
    RUNNING,
    /** The store is in trouble; the batch is being tried again. */
    RETRYING,
    /** Held still by {@link #pauseAt}. */
    PAUSED,
    STOPPED
  }

  private static final Logger LOG = LoggerFactory.getLogger(SubscriberLoop.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(100);

  private final Subscriber subscriber;
  private final EventBus bus;
  private final DeadLetters deadLetters;
  private final LoopConfig config;
  private final Clock clock;
  private final Thread thread;
  private final RateMeter rate = new RateMeter(System::nanoTime);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Positions pauseTarget;
  private @Nullable Positions resumeFrom;
  private boolean closing;

  private volatile State state = State.NEW;
  private volatile @Nullable String lastError;
  private volatile Positions applied = Positions.START;

  // Used by the loop's thread alone.
  private List<Delivery> polled = List.of();
  private boolean full;
  private long polledNanos;
  private long unflushedBytes;
  private long flushedAtNanos;

  public SubscriberLoop(
      Subscriber subscriber,
      EventBus bus,
      DeadLetters deadLetters,
      LoopConfig config,
      Clock clock,
      ThreadFactory threads) {
    this.subscriber = subscriber;
    this.bus = bus;
    this.deadLetters = deadLetters;
    this.config = config;
    this.clock = clock;
    this.thread = threads.newThread(this::run);
    thread.setName("levee-" + subscriber.group());
  }

  /** Begins to consume; called once, after bus and store were started. */
  public void start() {
    applied = subscriber.committed();
    thread.start();
  }

  public String group() {
    return subscriber.group();
  }

  public State state() {
    return state;
  }

  /** The last failure's type and message, until something succeeds again; null when all is well. */
  public @Nullable String lastError() {
    return lastError;
  }

  /** Events per second, lately. */
  public double ratePerSecond() {
    return rate.perSecond();
  }

  /** The positions behind what was applied, durable or not. */
  public Positions applied() {
    return applied;
  }

  /**
   * Lets the loop go on up to these positions, makes its effects durable and holds it still until
   * {@link #resume}. Returns when it stands: exactly there, or further on if it was further
   * already. A loop that is held still moves on exactly to the new place.
   *
   * @throws InterruptedException when interrupted while waiting; the loop is then not held
   */
  public void pauseAt(Positions target) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      pauseTarget = target;
      changed.signalAll();
      try {
        while (state != State.STOPPED && !(state == State.PAUSED && applied.reached(target))) {
          changed.await();
        }
      } catch (InterruptedException e) {
        pauseTarget = null;
        changed.signalAll();
        throw e;
      }
      if (state == State.STOPPED) {
        throw new IllegalStateException(group() + " is stopped (expected: running)");
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on after {@link #pauseAt}; from the subscriber's committed positions, which a rebuild may
   * have moved.
   */
  public void resume() {
    lock.lock();
    try {
      pauseTarget = null;
      resumeFrom = subscriber.committed();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Flushes, leaves the bus and returns when the thread has ended. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    state = State.STOPPED;
  }

  private void run() {
    try (BusConsumer consumer = bus.subscribe(group(), applied)) {
      enter(State.RUNNING);
      flushedAtNanos = System.nanoTime();
      while (!isClosing()) {
        step(consumer);
      }
      flush(consumer);
    } catch (InterruptedException e) {
      LOG.atWarn()
          .addKeyValue("group", group())
          .log("interrupted; what was not flushed comes again");
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      lastError = describe(e);
      LOG.atError()
          .addKeyValue("group", group())
          .setCause(e)
          .log("stopped; what was not flushed comes again");
    } finally {
      enter(State.STOPPED);
    }
  }

  private void step(BusConsumer consumer) throws InterruptedException {
    Positions asked = pauseTarget();
    if (asked != null && applied.reached(asked)) {
      flush(consumer);
      holdStill(consumer);
      return;
    }
    if (polled.isEmpty()) {
      gather();
      retrying(() ->
          polled = consumer.poll(config.batchRecordsMax(), config.batchBytesMax(), POLL_WAIT));
      if (polled.isEmpty()) {
        applied = consumer.passed(applied);
      }
    }
    polledNanos = System.nanoTime();
    full = polled.size() >= config.batchRecordsMax();
    Positions target = pauseTarget(); // Asked again: somebody may have come while we were polling.
    List<Delivery> batch = target == null ? polled : before(target, polled);
    if (!batch.isEmpty()) {
      deliver(batch);
      applied = applied.after(batch);
      unflushedBytes += bytes(batch);
    }
    polled = batch.size() == polled.size() ? List.of() : without(batch, polled);
    retrying(subscriber::tick);
    if (unflushedBytes >= config.flushBytes()
        || System.nanoTime() - flushedAtNanos >= config.flushEvery().toNanos()) {
      flush(consumer);
    }
  }

  /**
   * Lets a few events become many before they are dealt with together; does not wait when there
   * were many the last time.
   */
  private void gather() throws InterruptedException {
    long waited = System.nanoTime() - polledNanos;
    if (!full && waited < config.gather().toNanos()) {
      pause(config.gather().minusNanos(waited));
    }
  }

  private static List<Delivery> before(Positions target, List<Delivery> polled) {
    return polled.stream()
        .filter(delivery -> delivery.offset() < target.offset(delivery.partition()))
        .toList();
  }

  private static List<Delivery> without(List<Delivery> dealtWith, List<Delivery> polled) {
    return polled.stream().filter(delivery -> !dealtWith.contains(delivery)).toList();
  }

  private static long bytes(List<Delivery> batch) {
    long bytes = 0;
    for (Delivery delivery : batch) {
      bytes += delivery.record().body().length;
    }
    return bytes;
  }

  /** Applies a batch; halves it until the event that can't be dealt with stands alone. */
  private void deliver(List<Delivery> batch) throws InterruptedException {
    try {
      retrying(() -> subscriber.apply(batch));
      rate.count(batch.size());
    } catch (BackendException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      if (batch.size() == 1) {
        deliverAlone(batch.getFirst(), e);
        return;
      }
      int half = batch.size() / 2;
      deliver(batch.subList(0, half));
      deliver(batch.subList(half, batch.size()));
    }
  }

  private void deliverAlone(Delivery delivery, Throwable first) throws InterruptedException {
    Throwable failure = first;
    for (int attempt = 2; attempt <= config.attemptsMax(); attempt++) {
      lastError = describe(failure);
      pause(backoff(attempt - 1));
      try {
        retrying(() -> subscriber.apply(List.of(delivery)));
        rate.count(1);
        return;
      } catch (BackendException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        failure = e;
      }
    }
    String cause = describe(failure);
    LOG.atWarn()
        .addKeyValue("group", group())
        .addKeyValue("partition", delivery.partition())
        .addKeyValue("offset", delivery.offset())
        .setCause(failure)
        .log("event set aside in the dead letters");
    retrying(
        () -> deadLetters.add(group(), delivery, config.attemptsMax(), cause, clock.instant()));
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  /** Runs an action until no backend is in its way. Gives up only when the loop is closing. */
  private void retrying(Action action) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        action.run();
        if (state == State.RETRYING) {
          enter(State.RUNNING);
        }
        lastError = null;
        return;
      } catch (BackendException e) {
        lastError = describe(e);
        if (isClosing()) {
          throw e;
        }
        if (state != State.RETRYING) {
          LOG.atWarn()
              .addKeyValue("group", group())
              .setCause(e)
              .log("store in trouble; trying again");
          enter(State.RETRYING);
        }
        pause(backoff(attempt));
      }
    }
  }

  private Duration backoff(int attempt) {
    long factor = 1L << Math.min(attempt - 1, 20);
    Duration wait = config.backoffFirst().multipliedBy(factor);
    return wait.compareTo(config.backoffMax()) > 0 ? config.backoffMax() : wait;
  }

  private void flush(BusConsumer consumer) throws InterruptedException {
    retrying(() -> {
      Positions durable = subscriber.flush();
      consumer.commit(durable);
    });
    unflushedBytes = 0;
    flushedAtNanos = System.nanoTime();
  }

  /** Waits, but not longer than until somebody wants to close. */
  private void pause(Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (nanos > 0 && !closing) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void holdStill(BusConsumer consumer) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      enter(State.PAUSED);
      while (pauseTarget != null && applied.reached(pauseTarget) && !closing) {
        changed.await();
      }
      Positions from = resumeFrom;
      resumeFrom = null;
      if (from != null) {
        applied = from;
        polled = List.of();
        consumer.seek(from);
      }
      enter(State.RUNNING);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Positions pauseTarget() {
    lock.lock();
    try {
      return pauseTarget;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void enter(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
