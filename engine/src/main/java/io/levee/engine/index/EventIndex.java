package io.levee.engine.index;

import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The store for questions. Holds every event whole, so that the archive can be rebuilt from it.
 * Events lie in slices by day of event time (UTC).
 *
 * <p>As a {@link Subscriber} it is written by one thread; reading is safe for any number. What was
 * applied is visible to readers within a second ({@link Subscriber#tick} is called often enough for
 * that). An event with the project, id and day of an earlier one replaces it. Counts and sums add
 * {@link io.levee.event.Event#weight weights}.
 *
 * <p>Failures are {@link io.levee.engine.run.BackendException}s; after {@link #close} calls throw
 * {@link IllegalStateException}.
 */
public interface EventIndex extends Subscriber, AutoCloseable {
  /** Opens or creates the index and recovers what a crash left; called once. */
  void start();

  /** The page of hits that a request asks for. */
  SearchPage search(SearchRequest request);

  /** How many events match. */
  EventCount count(ProjectScope scope, Query query, TimeRange range);

  /**
   * Matching events over time, by level; the buckets start at whole multiples of their width since
   * the epoch and cover the range without gaps.
   *
   * @param bucket at least a millisecond; at most 10,000 buckets
   */
  Histogram histogram(ProjectScope scope, Query query, TimeRange range, Duration bucket);

  /**
   * The most frequent values of fields among the matching events.
   *
   * @param fields names of exact fields, or {@code tags.x}, {@code extra.x}, {@code contexts.x}
   * @param top how many values a field, 1..1000
   * @return for each field its values, the most frequent first
   */
  Map<String, List<FacetValue>> facets(
      ProjectScope scope, Query query, TimeRange range, List<String> fields, int top);

  /**
   * Shows all matching events to a consumer, each once, until it wants no more. What is stored
   * meanwhile may or may not be among them.
   *
   * @return whether all were shown
   */
  default boolean read(EventReading reading, EventConsumer consumer) {
    // A tally that reads leaves nothing out.
    return !reading.uncountedBy().isEmpty() || PagedReading.read(this, reading, consumer);
  }

  /**
   * Counts events by the values of fields and by stretches of time.
   *
   * @return empty when the index can't count by these fields, or there are more combinations than
   *     the request allows; then {@link #read} has to do
   */
  default Optional<Tally> tally(TallyRequest request) {
    return ReadingTally.of(this, request);
  }

  /** One event by the id that its client gave it; found as soon as it is visible. */
  Optional<StoredEvent> find(ProjectScope scope, EventId id);

  /**
   * Every event of the given day, once each, in no order. For verification and rebuilding, which
   * see all projects.
   */
  void scan(LocalDate day, Consumer<StoredEvent> consumer);

  /** The days that have a slice, oldest first. */
  List<LocalDate> days();

  /**
   * Drops events that are older than their project's retention.
   *
   * @param keepFrom the first day that is kept, by project; events of unknown projects are kept
   * @return how many slices were dropped whole
   */
  int retain(Map<ProjectId, LocalDate> keepFrom);

  /**
   * Begins to build a new index beside this one; readers go on with the old one until the new one
   * is complete. One at a time.
   */
  IndexRebuild rebuild();

  /**
   * Reads everything through that searches stand on and says what is damaged; takes as long as
   * reading the whole index. Empty for a backend that watches over itself.
   */
  default List<Finding> damage() {
    return List.of();
  }

  /** Bytes on disk. */
  long bytes();

  Health check();

  @Override
  void close();

  /** A new index in the making. Used by one thread. */
  interface IndexRebuild extends AutoCloseable {
    /** Adds events; one that was added before replaces the earlier. */
    void add(List<StoredEvent> events);

    /**
     * Puts the new index in the place of the old one, standing at these positions. The caller keeps
     * {@link Subscriber#apply} still meanwhile.
     */
    void complete(Positions positions);

    /** Gives up, unless completed; leaves the old index untouched. Idempotent. */
    @Override
    void close();
  }
}
