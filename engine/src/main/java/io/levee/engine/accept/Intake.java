package io.levee.engine.accept;

import io.levee.engine.bus.EventBus;
import io.levee.engine.measure.Ledger;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.Sender;
import io.levee.engine.run.BackendException;
import io.levee.engine.sampling.Sampling;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door's inner side: decoded events go through the steps, are told from those we had already,
 * and become durable. When {@link #accept} says accepted, they are on disk. Thread-safe; blocks, so
 * call it on a virtual thread.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration RETRY_FULL = Duration.ofSeconds(2);
  private static final Duration RETRY_UNAVAILABLE = Duration.ofSeconds(30);

  private final Budget budget;
  private final List<AcceptStep> steps;
  private final Claims claims;
  private final EventBus bus;
  private final Ledger ledger;
  private final Sampling sampling;

  /** One that keeps every event whole. */
  public Intake(
      Budget budget, List<AcceptStep> steps, RecentIds recentIds, EventBus bus, Ledger ledger) {
    this(budget, steps, recentIds, bus, ledger, Sampling.none(bus));
  }

  /**
   * @param steps in the order in which every event takes them; the last ones set the fingerprint
   * @param sampling decides which of those that we had not already are kept whole
   */
  public Intake(
      Budget budget,
      List<AcceptStep> steps,
      RecentIds recentIds,
      EventBus bus,
      Ledger ledger,
      Sampling sampling) {
    this.budget = budget;
    this.steps = List.copyOf(steps);
    this.claims = new Claims(recentIds);
    this.bus = bus;
    this.ledger = ledger;
    this.sampling = sampling;
  }

  /**
   * Asks whether the sender may send at all now; called before the body is read.
   *
   * @return when it may, what must be closed as soon as the answer is known
   * @throws BackendException when the sender's limits can't be read
   */
  public Admission admit(Sender sender) {
    Admission admission = budget.admit(sender);
    if (admission instanceof Admission.Turned(Verdict.Throttled throttled)) {
      ledger.count(sender, Outcome.THROTTLED, "default", throttled.reason(), 1);
    }
    return admission;
  }

  /**
   * What {@link #admit} would say of one who is over a limit, said without waiting for anything;
   * counted in the ledger as there. For the thread that reads all connections.
   *
   * @return null when the sender may send, or when that can't be known without asking a store
   */
  public Verdict.@Nullable Throttled turnAway(Sender sender) {
    Verdict.Throttled throttled = budget.turnAway(sender);
    if (throttled != null) {
      ledger.count(sender, Outcome.THROTTLED, "default", throttled.reason(), 1);
    }
    return throttled;
  }

  /**
   * Charges a sender for a body that was read, whatever becomes of it.
   *
   * @param bytes decompressed
   */
  public void read(Sender sender, long bytes) {
    budget.read(sender, bytes);
  }

  /** Takes in what one request brought, whole or not at all. */
  public Verdict accept(Sender sender, List<Event> events) {
    budget.decoded(sender, events.size() - 1L);
    List<Event> fresh = new ArrayList<>(events.size());
    List<Claims.Mine> mine = new ArrayList<>(events.size());
    List<Waiting> waiting = new ArrayList<>();
    int known = 0;
    boolean durable = false;
    Verdict verdict;
    try {
      for (Event event : events) {
        switch (claims.claim(sender.project(), event.id())) {
          case Claims.Mine claim -> {
            mine.add(claim);
            fresh.add(event);
          }
          case Claims.Pending pending -> waiting.add(new Waiting(event, pending));
          case Claims.Known ignored -> known++;
        }
      }
      verdict = publish(sender, fresh);
      durable = verdict instanceof Verdict.Accepted;
    } finally {
      for (Claims.Mine claim : mine) {
        claims.settle(claim, durable);
      }
    }
    return switch (verdict) {
      case Verdict.Throttled throttled -> throttled;
      case Verdict.Unavailable unavailable -> unavailable;
      case Verdict.Accepted ignored -> afterOthers(sender, events, waiting, known);
    };
  }

  /** An event that another request, or this one, is bringing under the same id. */
  private record Waiting(Event event, Claims.Pending pending) {}

  /** Ours are durable; what others were bringing must be too, or we bring it ourselves. */
  private Verdict afterOthers(Sender sender, List<Event> events, List<Waiting> waiting, int known) {
    int duplicates = known;
    List<Event> again = new ArrayList<>();
    for (Waiting one : waiting) {
      if (one.pending().durable().join()) {
        duplicates++;
      } else {
        again.add(one.event());
      }
    }
    ledger.count(sender, Outcome.DUPLICATE, "event", "", duplicates);
    if (!again.isEmpty() && !(accept(sender, again) instanceof Verdict.Accepted)) {
      return new Verdict.Unavailable(RETRY_UNAVAILABLE, "cannot write");
    }
    return new Verdict.Accepted(events.stream().map(Event::id).toList(), duplicates);
  }

  private Verdict publish(Sender sender, List<Event> fresh) {
    try (Sampling.Round round = sampling.begin()) {
      String senderKey = sender.key().isEmpty() ? null : sender.key();
      List<EventRecord> records = new ArrayList<>(fresh.size());
      for (Event event : fresh) {
        records.add(round.record(prepared(event), senderKey));
      }
      if (!records.isEmpty()) {
        bus.publish(records);
      }
      budget.taken(sender, records.size(), bytes(records));
      ledger.count(sender, Outcome.ACCEPTED, "event", "", records.size() - round.sampledOut());
      ledger.count(sender, Outcome.SAMPLED_OUT, "event", "", round.sampledOut());
      round.durable();
      return new Verdict.Accepted(List.of(), 0);
    } catch (BackendException.OverCapacity e) {
      countAll(sender, fresh, Outcome.THROTTLED, "queue full");
      return new Verdict.Throttled(RETRY_FULL, "queue full");
    } catch (BackendException e) {
      LOG.atError()
          .addKeyValue("project", sender.project())
          .setCause(e)
          .log("cannot make events durable");
      countAll(sender, fresh, Outcome.REFUSED, "cannot write");
      return new Verdict.Unavailable(RETRY_UNAVAILABLE, "cannot write");
    }
  }

  private static long bytes(List<EventRecord> records) {
    return records.stream().mapToLong(record -> record.body().length).sum();
  }

  private Event prepared(Event event) {
    Event prepared = event;
    for (AcceptStep step : steps) {
      prepared = step.apply(prepared);
    }
    return prepared;
  }

  private void countAll(Sender sender, List<Event> events, Outcome outcome, String reason) {
    for (Event event : events) {
      ledger.count(sender, outcome, event.kind().wireName(), reason, 1);
    }
  }
}
