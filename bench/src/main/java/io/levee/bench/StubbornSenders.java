package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Senders as good clients are: what wasn't answered with 200 is sent again, with the same id, first
 * thing when the server is back. They remember every event that was answered with 200. The state
 * lives as long as this; the threads of a round end with the server or with the round.
 */
final class StubbornSenders {
  private static final int OK = 200;

  private final long seed;
  private final int connections;
  private final int perSecond;
  private final AtomicLong nextSequence = new AtomicLong();
  private final Queue<Long> unanswered = new ConcurrentLinkedQueue<>();
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> late = ConcurrentHashMap.newKeySet();
  private final AtomicLong retries = new AtomicLong();
  private volatile boolean deaf;

  StubbornSenders(long seed, int connections, int perSecond) {
    this.seed = seed;
    this.connections = connections;
    this.perSecond = perSecond;
  }

  /** What is being done to the server while it is being sent to. */
  interface Meanwhile {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Sends old and new events while something happens, and returns when all senders have ended:
   * their server is dead, or the meanwhile is over.
   */
  void sendDuring(Target target, Meanwhile meanwhile) throws IOException, InterruptedException {
    Round round = new Round(target);
    deaf = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        senders.add(threads.submit(round::send));
      }
      try {
        meanwhile.run();
      } finally {
        round.over = true;
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a sender failed", e.getCause());
    }
  }

  /**
   * From now on, until they send again, no answer reaches them: what is under way is sent again.
   * Called at the moment when the power goes, which takes the server's voice with the disk; a
   * machine that only pretends would go on answering for a while.
   */
  void cutOff() {
    deaf = true;
  }

  /** The ids that were answered with 200 after the last cut, and are not counted as answered. */
  List<String> answeredAfterCut() {
    return late.stream().map(sequence -> Envelopes.eventId(seed, sequence)).toList();
  }

  /**
   * Sends what has no answer yet, and nothing new.
   *
   * @throws IOException when the server doesn't take it
   */
  void finish(Target target) throws IOException {
    late.clear();
    Envelopes envelopes = new Envelopes(target, seed, Clock.systemUTC());
    try (Courier courier = Courier.to(target)) {
      for (Long sequence = unanswered.poll(); sequence != null; sequence = unanswered.poll()) {
        retries.incrementAndGet();
        int status = courier.deliver(envelopes.request(sequence));
        if (status != OK) {
          throw new IOException("a repeated event was answered " + status);
        }
        acknowledged.add(sequence);
      }
    }
  }

  /** The ids of all events that were answered with 200. */
  List<String> acknowledgedIds() {
    return acknowledged.stream().map(sequence -> Envelopes.eventId(seed, sequence)).toList();
  }

  /** How many events were answered with 200. */
  long acknowledged() {
    return acknowledged.size();
  }

  /** Writes down what is needed to go on in another process; no sender is at work meanwhile. */
  void save(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(seed + " " + nextSequence.get() + " " + retries.get());
    unanswered.forEach(sequence -> lines.add(Long.toString(sequence)));
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.write(beside, lines);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The senders that were written down: every event below the next was answered but the named. */
  static StubbornSenders load(Path file, int connections, int perSecond) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] head = lines.getFirst().split(" ", -1);
    StubbornSenders senders = new StubbornSenders(Long.parseLong(head[0]), connections, perSecond);
    senders.nextSequence.set(Long.parseLong(head[1]));
    senders.retries.set(Long.parseLong(head[2]));
    lines.stream().skip(1).map(Long::valueOf).forEach(senders.unanswered::add);
    Set<Long> open = new HashSet<>(senders.unanswered);
    for (long sequence = 0; sequence < senders.nextSequence.get(); sequence++) {
      if (!open.contains(sequence)) {
        senders.acknowledged.add(sequence);
      }
    }
    return senders;
  }

  /** How often an event was sent again. */
  long retries() {
    return retries.get();
  }

  /** One round on one server. */
  private final class Round {
    private final Target target;
    private final Envelopes prototype;
    private final SlotSchedule schedule =
        new SlotSchedule(System.nanoTime(), perSecond, Long.MAX_VALUE);
    private final AtomicLong nextSlot = new AtomicLong();
    private volatile boolean over;

    Round(Target target) {
      this.target = target;
      this.prototype = new Envelopes(target, seed, Clock.systemUTC());
    }

    void send() {
      Envelopes envelopes = prototype.copy();
      Long underWay = null;
      try (Courier courier = Courier.to(target)) {
        while (awaitSlot()) {
          underWay = next();
          int status = courier.deliver(envelopes.request(underWay));
          settle(underWay, status == OK);
          underWay = null;
        }
      } catch (IOException e) {
        keep(underWay); // The server is dead, as it should be; the next round sends it again.
      }
    }

    private void settle(Long sequence, boolean yes) {
      if (yes && !deaf) {
        acknowledged.add(sequence);
        return;
      }
      if (yes) {
        late.add(sequence);
      }
      unanswered.add(sequence);
    }

    private boolean awaitSlot() {
      long dueNanos = schedule.dueNanos(nextSlot.getAndIncrement());
      long left = dueNanos - System.nanoTime();
      while (left > 0 && !over) {
        LockSupport.parkNanos(Math.min(left, Duration.ofMillis(50).toNanos()));
        left = dueNanos - System.nanoTime();
      }
      return !over;
    }

    private long next() {
      Long again = unanswered.poll();
      if (again == null) {
        return nextSequence.getAndIncrement();
      }
      retries.incrementAndGet();
      return again;
    }

    private void keep(@Nullable Long sequence) {
      if (sequence != null) {
        unanswered.add(sequence);
      }
    }
  }
}
