package io.levee.engine.pipeline;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.EventBus;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.run.BackendException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that are to be delivered again: asked for from any thread, done by the loop's, which
 * is the only one that may write to its store.
 */
final class LetterReplays {
  private static final int WAITING_MAX = 16;

  private final Subscriber subscriber;
  private final EventBus bus;
  private final DeadLetters deadLetters;
  private final Duration patience;
  private final Clock clock;
  private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(WAITING_MAX);

  /**
   * @param patience how long somebody who asks waits for the loop
   */
  LetterReplays(
      Subscriber subscriber,
      EventBus bus,
      DeadLetters deadLetters,
      Duration patience,
      Clock clock) {
    this.subscriber = subscriber;
    this.bus = bus;
    this.deadLetters = deadLetters;
    this.patience = patience;
    this.clock = clock;
  }

  private static final class Request {
    final List<DeadLetter> letters;

    /** Set by the loop that begins with it, or by the caller who gives up waiting. */
    final AtomicBoolean taken = new AtomicBoolean();

    final CountDownLatch answered = new CountDownLatch(1);
    volatile Replayed answer = Replayed.NOTHING;

    Request(List<DeadLetter> letters) {
      this.letters = letters;
    }

    void answer(Replayed replayed) {
      answer = replayed;
      answered.countDown();
    }
  }

  /**
   * Waits for the loop to do it, or for some seconds.
   *
   * @param excuse says why the loop has no time for it
   */
  Replayed ask(List<DeadLetter> letters, Supplier<String> excuse) throws InterruptedException {
    Request request = new Request(letters);
    if (!requests.offer(request)) {
      return Replayed.failed(letters.size(), WAITING_MAX + " replays are waiting already");
    }
    boolean answered = request.answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (!answered && request.taken.compareAndSet(false, true)) {
      requests.remove(request);
      return Replayed.failed(letters.size(), excuse.get());
    }
    request.answered.await(); // It is at it.
    return request.answer;
  }

  /** Answers all who wait: nobody will do so later. */
  void end(String reason) {
    for (Request late = requests.poll(); late != null; late = requests.poll()) {
      late.answer(Replayed.failed(late.letters.size(), reason));
    }
  }

  /** A place that a subscriber says is durable. */
  interface Commit {
    void commit(Positions durable);
  }

  /**
   * Does what is asked; on the loop's thread.
   *
   * @param applied where the loop stands
   */
  void serve(Positions applied, Commit commit) {
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      if (request.taken.compareAndSet(false, true)) {
        request.answer(replayed(request.letters, applied, commit));
      }
    }
  }

  private Replayed replayed(List<DeadLetter> letters, Positions applied, Commit commit) {
    List<DeadLetter> delivered = new ArrayList<>();
    Replayed result = Replayed.NOTHING;
    try {
      for (DeadLetter letter : letters) {
        Optional<DeadLetter> now = deadLetters.find(letter.id());
        if (now.isEmpty()) {
          continue; // Somebody was faster.
        }
        String error = replayed(now.get(), applied);
        if (error == null) {
          delivered.add(letter);
        } else {
          result = result.plus(Replayed.failed(1, error));
        }
      }
      if (!delivered.isEmpty()) {
        commit.commit(subscriber.flush());
        delivered.forEach(letter -> deadLetters.remove(letter.id()));
      }
      return result.plus(Replayed.done(delivered.size()));
    } catch (BackendException e) {
      // The effect may be there, and so is the letter: it can be delivered again without harm.
      return Replayed.failed(letters.size(), String.valueOf(e.getMessage()));
    }
  }

  /** Delivers one letter again; null when that worked. */
  private @Nullable String replayed(DeadLetter letter, Positions applied) {
    long place = applied.offset(letter.partition());
    if (place <= letter.offset() && letter.offset() < bus.end().offset(letter.partition())) {
      return "event " + letter.offset() + " comes again by itself; the subscriber is at " + place;
    }
    try {
      subscriber.replay(letter.delivery());
      return null;
    } catch (BackendException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      int attempts = letter.failure().attempts() + 1;
      DeadLetter.Failure failure = DeadLetter.Failure.of(e, attempts, clock.instant());
      deadLetters.failedAgain(letter.id(), failure);
      return failure.cause();
    }
  }
}
