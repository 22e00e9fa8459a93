package io.levee.engine.erase;

import io.levee.engine.index.Erasing;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.EventReading;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the index for what issues lose when events are deleted, and what they keep. Used by one
 * thread, while the index stands still.
 */
final class LossCount {
  private static final long HOUR_SECONDS = 3_600;
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private final EventIndex index;
  private final ErasureStore store;
  private final Erasing which;
  private final ProjectScope scope;

  LossCount(EventIndex index, ErasureStore store, Erasing which) {
    this.index = index;
    this.store = store;
    this.which = which;
    this.scope = ProjectScope.of(which.project());
  }

  /** What is taken from one fingerprint. */
  private static final class Taken {
    private long events;
    private final Map<Long, Long> byHour = new HashMap<>();
    private Instant oldest = FAR;
    private Instant newest = Instant.EPOCH;

    void add(Event event) {
      events += event.weight();
      byHour.merge(
          Math.floorDiv(event.time().getEpochSecond(), HOUR_SECONDS),
          (long) event.weight(),
          Long::sum);
      widen(event.time(), event.time());
    }

    void add(Taken other) {
      events += other.events;
      other.byHour.forEach((hour, sum) -> byHour.merge(hour, sum, Long::sum));
      widen(other.oldest, other.newest);
    }

    private void widen(Instant from, Instant to) {
      oldest = from.isBefore(oldest) ? from : oldest;
      newest = to.isAfter(newest) ? to : newest;
    }
  }

  /** What every counter loses. */
  List<ErasureStore.Loss> losses() {
    Map<Fingerprint, Taken> taken = new HashMap<>();
    read(
        which.query(),
        event -> {
          if (event.kind() == Kind.ERROR && which.takes(event)) {
            Fingerprint print = event.fingerprint();
            if (print != null) {
              taken.computeIfAbsent(print, ignored -> new Taken()).add(event);
            }
          }
        });
    List<ErasureStore.Loss> losses = new ArrayList<>();
    for (ErasureStore.Counter counter : store.counters(which.project(), taken.keySet())) {
      Taken sum = new Taken();
      for (Fingerprint print : counter.fingerprints()) {
        sum.add(taken.getOrDefault(print, new Taken()));
      }
      losses.add(
          new ErasureStore.Loss(
              counter, sum.events, sum.byHour, sum.oldest, sum.newest, remains(counter)));
    }
    return losses;
  }

  private ErasureStore.@Nullable Remains remains(ErasureStore.Counter counter) {
    ErasureStore.Users users = store.users();
    Event[] newest = new Event[1];
    Instant[] oldest = {FAR};
    read(
        IssueErasing.query(counter.fingerprints()),
        event -> {
          if (event.kind() != Kind.ERROR || which.takes(event)) {
            return;
          }
          if (newest[0] == null || !event.time().isBefore(newest[0].time())) {
            newest[0] = event;
          }
          oldest[0] = event.time().isBefore(oldest[0]) ? event.time() : oldest[0];
          String user = event.user().key();
          if (user != null) {
            users.add(user);
          }
        });
    return newest[0] == null ? null : new ErasureStore.Remains(newest[0], oldest[0], users);
  }

  /** The events that the query finds and that stay, as they came from the bus. */
  List<EventRecord> staying() {
    List<EventRecord> staying = new ArrayList<>();
    read(
        which.query(),
        event -> {
          if (!which.takes(event)) {
            staying.add(EventRecord.of(event));
          }
        });
    return staying;
  }

  private void read(Query query, Consumer<Event> consumer) {
    boolean ignored =
        index.read(
            new EventReading(scope, query, new TimeRange(Instant.EPOCH, FAR), false),
            stored -> {
              consumer.accept(stored.event());
              return true;
            });
  }
}
