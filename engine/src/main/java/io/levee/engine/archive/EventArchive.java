package io.levee.engine.archive;

import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The store for keeps: canonical JSON in compressed blocks, one object a flush, each with a footer
 * of counts and digests per project and day. Nothing is ever changed in place.
 *
 * <p>As a {@link Subscriber} it is written by one thread; reading is safe for any number. What was
 * applied can be read after the next {@link Subscriber#flush}. Failures are {@link
 * io.levee.engine.run.BackendException}s; after {@link #close} calls throw {@link
 * IllegalStateException}.
 */
public interface EventArchive extends Subscriber, AutoCloseable {
  /** Opens or creates the archive and recovers what a crash left; called once. */
  void start();

  /** One event, without reading its object whole. */
  Optional<StoredEvent> find(ProjectScope scope, EventId id);

  /**
   * Every event of the given day (UTC, by event time), once each, in no order. For verification and
   * rebuilding, which see all projects.
   */
  void scan(LocalDate day, Consumer<StoredEvent> consumer);

  /** The days that have events, oldest first. */
  List<LocalDate> days();

  /** What the footers say of a day, without reading events: count and digest by project. */
  Map<ProjectId, ContentDigest> digests(LocalDate day);

  /**
   * Drops events that are older than their project's retention.
   *
   * @param keepFrom the first day that is kept, by project; events of unknown projects are kept
   * @return how many objects were dropped whole
   */
  int retain(Map<ProjectId, LocalDate> keepFrom);

  /** Begins to build a new archive beside this one; see {@link ArchiveRebuild}. One at a time. */
  ArchiveRebuild rebuild();

  /** Bytes on disk or in the object store. */
  long bytes();

  Health check();

  @Override
  void close();

  /** A new archive in the making. Used by one thread. */
  interface ArchiveRebuild extends AutoCloseable {
    /** Adds events. */
    void add(List<StoredEvent> events);

    /**
     * Puts the new archive in the place of the old one, standing at these positions. The caller
     * keeps {@link Subscriber#apply} still meanwhile.
     */
    void complete(Positions positions);

    /** Gives up, unless completed; leaves the old archive untouched. Idempotent. */
    @Override
    void close();
  }
}
