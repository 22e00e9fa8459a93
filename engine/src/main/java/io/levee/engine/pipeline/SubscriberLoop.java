package io.levee.engine.pipeline;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.DeadLetter;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one {@link Subscriber}: polls the bus, applies, flushes, commits. A store in trouble makes
 * it wait and try again without end, from where the store says it stands; an event that can't be
 * dealt with is tried a few times and set aside in the dead letters, and the rest flows on. A bug
 * makes the loop begin again behind what was applied.
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
    /** Held still by {@link #pauseAt} or {@link #hold}. */
    PAUSED,
    STOPPED
  }

  private static final Logger LOG = LoggerFactory.getLogger(SubscriberLoop.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(100);

  private static final Duration POISON_WAITS_AT_ONCE = Duration.ofSeconds(2);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(4);
  private static final long LOG_POISON_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Subscriber subscriber;
  private final EventBus bus;
  private final DeadLetters deadLetters;
  private final LoopConfig config;
  private final Clock clock;
  private final Thread thread;
  private final RateMeter rate = new RateMeter(System::nanoTime);
  private final LoopRequests requests = new LoopRequests();
  private final LetterReplays replays;

  private volatile State state = State.NEW;
  private volatile @Nullable String lastError;
  private volatile Positions applied = Positions.START;
  private volatile long busyNanos;

  // Used by the loop's thread alone.
  private List<Delivery> polled = List.of();
  private boolean full;
  private long polledNanos;
  private long unflushedBytes;
  private long flushedAtNanos;

  /** What was applied came again after a failure, and is not durable yet. */
  private boolean mending;

  private final PoisonPatience patience =
      new PoisonPatience(POISON_WAITS_AT_ONCE, System::nanoTime);
  private long loggedPoisonNanos = System.nanoTime() - LOG_POISON_EVERY_NANOS;

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
    this.replays = new LetterReplays(subscriber, bus, deadLetters, config.patience(), clock);
    this.thread = threads.newThread(this::run);
    thread.setName("levee-" + subscriber.group());
  }

  /** What the loop was doing can't go on; it goes on elsewhere, or stands still. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Where to go on; null to look what is asked for. */
    private final transient @Nullable Positions from;

    Abandoned(@Nullable Positions from) {
      super(null, null, false, false);
      this.from = from;
    }
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

  /** How long it had something to do, so far; waiting for a store in trouble is something. */
  public long busyNanos() {
    return busyNanos;
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
   * @throws BackendException.Unavailable when its store stays in trouble; the loop is then not held
   */
  public void pauseAt(Positions target) throws InterruptedException {
    requests.pauseAt(target);
    awaitStanding(() -> state == State.PAUSED && applied.reached(target));
  }

  /**
   * Holds the loop still where it is, in the middle of trying again if need be, until {@link
   * #resume}. What was applied is not made durable: for a store that is about to be replaced.
   *
   * @throws InterruptedException when interrupted while waiting; the loop is then not held
   * @throws BackendException.Unavailable when its store doesn't return; the loop is then not held
   */
  public void hold() throws InterruptedException {
    requests.hold();
    awaitStanding(() -> state == State.PAUSED);
  }

  private void awaitStanding(BooleanSupplier stands) throws InterruptedException {
    boolean standing = false;
    try {
      do {
        standing = requests.await(() -> stopped() || stands.getAsBoolean(), config.patience());
      } while (!standing && state != State.RETRYING);
    } finally {
      if (!standing) {
        requests.resume(null);
      }
    }
    if (stopped()) {
      throw new IllegalStateException(group() + " is stopped (expected: running)");
    }
    if (!standing) {
      throw new BackendException.Unavailable(
          group(), "pause", "its store is in trouble: " + lastError, null);
    }
  }

  private boolean stopped() {
    return state == State.STOPPED;
  }

  /**
   * Goes on after {@link #pauseAt} or {@link #hold}; from the subscriber's committed positions,
   * which a rebuild may have moved.
   */
  public void resume() {
    requests.resume(subscriber.committed());
  }

  /**
   * Delivers letters of this group again, on the loop's own thread. Each that had its effect
   * durably is a letter no more; each that failed stays, with its new cause. Returns after some
   * seconds when the loop has no time for it.
   */
  public Replayed replay(List<DeadLetter> letters) throws InterruptedException {
    return replays.ask(letters, () -> group() + " has no time for it: " + state + ", " + lastError);
  }

  /**
   * Flushes, leaves the bus and returns when the thread has ended, or after some seconds if its
   * store doesn't return; what was not flushed then comes again. Idempotent.
   */
  @Override
  public void close() {
    requests.close();
    boolean interrupted = false;
    long end = System.nanoTime() + CLOSE_MAX.toNanos();
    while (thread.isAlive() && System.nanoTime() < end) {
      try {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      LOG.atWarn().addKeyValue("group", group()).log("does not stop; left alone");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    enter(State.STOPPED);
  }

  private void run() {
    try {
      for (int attempt = 1; !requests.closing(); attempt++) {
        try (BusConsumer consumer = bus.subscribe(group(), applied)) {
          consume(consumer);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
          lastError = describe(e);
          LOG.atError()
              .addKeyValue("group", group())
              .setCause(e)
              .log("the loop failed; what was not flushed comes again");
          if (!requests.closing()) {
            enter(State.RETRYING);
            mending = true;
            polled = List.of();
            requests.pause(backoff(attempt));
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.atWarn()
          .addKeyValue("group", group())
          .log("interrupted; what was not flushed comes again");
      Thread.currentThread().interrupt();
    } finally {
      enter(State.STOPPED);
      replays.end(group() + " has stopped");
    }
  }

  private void consume(BusConsumer consumer) throws InterruptedException {
    if (!mending) {
      enter(State.RUNNING);
    }
    flushedAtNanos = System.nanoTime();
    while (!requests.closing()) {
      try {
        step(consumer);
      } catch (Abandoned abandoned) {
        if (abandoned.from != null) {
          moveTo(abandoned.from, consumer);
        }
      }
    }
    flush(consumer);
  }

  private void moveTo(Positions from, BusConsumer consumer) {
    applied = from;
    polled = List.of();
    unflushedBytes = 0;
    consumer.seek(from);
  }

  private void step(BusConsumer consumer) throws InterruptedException {
    if (requests.held()) {
      holdStill(consumer);
      return;
    }
    Positions asked = requests.pauseTarget();
    if (asked != null && applied.reached(asked)) {
      flush(consumer);
      holdStill(consumer);
      return;
    }
    replays.serve(applied, consumer::commit);
    if (polled.isEmpty()) {
      gather();
      retrying(
          false,
          () ->
              polled = consumer.poll(config.batchRecordsMax(), config.batchBytesMax(), POLL_WAIT));
      if (polled.isEmpty()) {
        applied = consumer.passed(applied);
      }
    }
    polledNanos = System.nanoTime();
    full = polled.size() >= config.batchRecordsMax();
    // Asked again: somebody may have come while we were polling.
    Positions target = requests.pauseTarget();
    List<Delivery> batch = target == null ? polled : before(target, polled);
    if (!batch.isEmpty()) {
      deliver(batch);
      applied = applied.after(batch);
      unflushedBytes += bytes(batch);
    }
    polled = batch.size() == polled.size() ? List.of() : without(batch, polled);
    retrying(true, subscriber::tick);
    long flushEvery = mending ? config.backoffMax().toNanos() / 10 : config.flushEvery().toNanos();
    boolean flushing =
        unflushedBytes >= config.flushBytes() || System.nanoTime() - flushedAtNanos >= flushEvery;
    if (flushing) {
      flush(consumer);
    }
    if (flushing || !batch.isEmpty()) {
      busy(System.nanoTime() - polledNanos);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // The loop's thread alone writes it.
  private void busy(long nanos) {
    busyNanos += nanos;
  }

  /**
   * Lets a few events become many before they are dealt with together; does not wait when there
   * were many the last time.
   */
  private void gather() throws InterruptedException {
    long waited = System.nanoTime() - polledNanos;
    if (!full && waited < config.gather().toNanos()) {
      requests.pause(config.gather().minusNanos(waited));
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
      retrying(true, () -> subscriber.apply(batch));
      rate.count(batch.size());
    } catch (BackendException | Abandoned e) {
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
      waitPatiently(backoff(attempt - 1));
      try {
        retrying(true, () -> subscriber.apply(List.of(delivery)));
        rate.count(1);
        return;
      } catch (BackendException | Abandoned e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        failure = e;
      }
    }
    DeadLetter.Failure letter =
        DeadLetter.Failure.of(failure, config.attemptsMax(), clock.instant());
    // First the letter, then the positions: after a crash in between it comes, and is kept, again.
    retrying(false, () -> deadLetters.add(group(), delivery, letter));
    retrying(true, () -> subscriber.skip(delivery));
    logPoison(delivery, failure);
  }

  private void waitPatiently(Duration wait) throws InterruptedException {
    Duration granted = patience.grant(wait);
    if (granted.isPositive()) {
      requests.pause(granted);
      patience.waited();
    }
  }

  private void logPoison(Delivery delivery, Throwable failure) {
    if (System.nanoTime() - loggedPoisonNanos < LOG_POISON_EVERY_NANOS) {
      return;
    }
    loggedPoisonNanos = System.nanoTime();
    LOG.atWarn()
        .addKeyValue("group", group())
        .addKeyValue("partition", delivery.partition())
        .addKeyValue("offset", delivery.offset())
        .setCause(failure)
        .log("event set aside in the dead letters; told once a second at most");
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  /**
   * Runs an action until no backend is in its way. Gives up only when the loop is closing.
   *
   * @param ofStore whether the store does it, which is then asked where it stands
   */
  private void retrying(boolean ofStore, Action action) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        action.run();
        if (!mending) {
          well();
        }
        return;
      } catch (BackendException e) {
        troubled(e);
        requests.pause(backoff(attempt));
        if (requests.held()) {
          throw new Abandoned(null);
        }
        if (ofStore) {
          goWhereTheStoreStands();
        }
      }
    }
  }

  private void goWhereTheStoreStands() {
    try {
      Positions from = subscriber.recover();
      if (from != null) {
        mending = true;
        LOG.atWarn().addKeyValue("group", group()).log("store mended; going on from " + from);
        throw new Abandoned(from);
      }
    } catch (BackendException e) {
      troubled(e);
    }
  }

  private void troubled(BackendException e) {
    lastError = describe(e);
    if (requests.closing()) {
      throw e;
    }
    if (state != State.RETRYING) {
      LOG.atWarn().addKeyValue("group", group()).setCause(e).log("store in trouble; trying again");
      enter(State.RETRYING);
    }
  }

  private void well() {
    if (state == State.RETRYING) {
      LOG.atWarn().addKeyValue("group", group()).log("store works again");
      enter(State.RUNNING);
    }
    lastError = null;
  }

  private Duration backoff(int attempt) {
    long factor = 1L << Math.min(attempt - 1, 20);
    Duration wait = config.backoffFirst().multipliedBy(factor);
    return wait.compareTo(config.backoffMax()) > 0 ? config.backoffMax() : wait;
  }

  private void flush(BusConsumer consumer) throws InterruptedException {
    retrying(
        true,
        () -> {
          Positions durable = subscriber.flush();
          consumer.commit(durable);
          mending = false;
        });
    unflushedBytes = 0;
    flushedAtNanos = System.nanoTime();
  }

  private void holdStill(BusConsumer consumer) throws InterruptedException {
    State before = state;
    enter(State.PAUSED);
    Positions from = requests.standStill(applied);
    if (from != null) {
      moveTo(from, consumer);
    }
    enter(before == State.RETRYING && from == null ? State.RETRYING : State.RUNNING);
  }

  private void enter(State next) {
    state = next;
    requests.changed();
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
