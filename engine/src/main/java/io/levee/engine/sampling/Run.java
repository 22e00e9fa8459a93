package io.levee.engine.sampling;

import io.levee.event.EventRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Alike events of one fingerprint past the threshold: those dropped are numbered, and wait until a
 * kept one takes their weight. Only what is durable is ever taken, in the order of the numbers, and
 * by one kept event at a time, so that racing requests count nothing twice. Guarded by its burst.
 */
final class Run {
  private final long id;

  /** What all candidates together take of the heap. */
  private final AtomicLong heldBytes;

  private long issued;

  /** All up to this number are durable or failed. */
  private long settled;

  /** What is settled beyond: number to weight, 0 of what failed. */
  private final TreeMap<Long, Integer> ahead = new TreeMap<>();

  private long covered;
  private long pending;
  private long pendingSinceNanos;
  private boolean taken;
  private long keptNanos;

  /** The number of the last one that travelled with its body. */
  private long withBody;

  private @Nullable EventRecord candidate;
  private @Nullable EventRecord last;

  Run(long id, AtomicLong heldBytes, long nowNanos) {
    this.id = id;
    this.heldBytes = heldBytes;
    this.keptNanos = nowNanos;
  }

  /**
   * Weight on its way to the bus in a kept event.
   *
   * @param weight of the dropped ones
   * @param through the last number that it covers
   * @param coveredBefore what was covered before
   * @param sinceNanos how long it has been waiting
   */
  record Take(long weight, long through, long coveredBefore, long sinceNanos) {}

  long id() {
    return id;
  }

  long keptNanos() {
    return keptNanos;
  }

  void kept(long nowNanos) {
    keptNanos = nowNanos;
  }

  /**
   * Whether the next one dropped must bring its body: it is the first since a kept one, and would
   * be stored if no other is.
   */
  boolean needsBody() {
    return withBody <= covered;
  }

  /** The number of one more that is dropped; settle it whatever happens. */
  long drop(boolean bringsBody) {
    issued++;
    if (bringsBody) {
      withBody = issued;
    }
    return issued;
  }

  /**
   * What became of a dropped one.
   *
   * @param durable null when it could not be made durable
   */
  void settle(long number, @Nullable EventRecord durable, long nowNanos) {
    if (durable != null) {
      if (durable.body().length > 0) {
        hold(durable);
      }
      last = durable;
    } else if (number == withBody) {
      withBody = 0;
    }
    ahead.put(number, durable == null ? 0 : durable.header().weight());
    for (Map.Entry<Long, Integer> next = ahead.firstEntry();
        next != null && next.getKey() == settled + 1;
        next = ahead.firstEntry()) {
      settled++;
      if (next.getValue() > 0) {
        add(next.getValue(), nowNanos);
      }
      ahead.remove(next.getKey());
    }
  }

  private void add(long weight, long nowNanos) {
    if (pending == 0) {
      pendingSinceNanos = nowNanos;
    }
    pending += weight;
  }

  private void hold(@Nullable EventRecord next) {
    long before = candidate == null ? 0 : candidate.body().length;
    heldBytes.addAndGet((next == null ? 0 : next.body().length) - before);
    candidate = next;
  }

  /** Takes what is pending for a kept event; null when there is nothing, or another has it. */
  @Nullable Take take() {
    if (taken || pending == 0) {
      return null;
    }
    taken = true;
    Take take = new Take(pending, settled, covered, pendingSinceNanos);
    pending = 0;
    covered = settled;
    return take;
  }

  /** What became of the kept event. */
  void give(Take take, boolean durable) {
    taken = false;
    if (!durable) {
      pending += take.weight();
      pendingSinceNanos = take.sinceNanos();
      covered = take.coveredBefore();
    }
  }

  /** One of the dropped, to be stored now; with its body unless that was lost to a failure. */
  @Nullable EventRecord carrier() {
    return candidate != null ? candidate : last;
  }

  /** It was stored, and must not be again. */
  void carried(EventRecord carrier) {
    if (carrier.equals(candidate)) {
      hold(null);
    }
    if (carrier.equals(last)) {
      last = null;
    }
  }

  boolean isDue(long nowNanos, long afterNanos) {
    return !taken && pending > 0 && nowNanos - pendingSinceNanos >= afterNanos;
  }

  /** Whether there is anything to wait for. */
  boolean isBusy() {
    return taken || pending > 0 || settled < issued;
  }

  /** Lets go of what it holds. */
  void release() {
    hold(null);
    last = null;
  }
}
