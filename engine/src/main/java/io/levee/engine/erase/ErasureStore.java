package io.levee.engine.erase;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what is to be deleted, and takes it out of what is counted and known of issues. Each
 * call is one transaction. Thread-safe; failures are {@link io.levee.engine.run.BackendException}s.
 */
public interface ErasureStore {
  /**
   * Asks for an issue to be deleted; the same wish again while it is not done is the same.
   *
   * @return empty when the scope has no such issue
   */
  Optional<Erasure> eraseIssue(
      ProjectScope scope, IssueId issue, boolean asideToo, String actor, Instant at);

  /**
   * Asks for all data of one user of a project to be deleted.
   *
   * @param user id, e-mail, name or address
   * @throws IllegalArgumentException when it is blank or longer than {@link
   *     Erasure.OfUser#CHARS_MAX}
   */
  Erasure eraseUser(ProjectId project, String user, boolean asideToo, String actor, Instant at);

  /** What was asked for, the newest first. */
  List<Erasure> list(ProjectScope scope, int limit);

  /** One of the scope. */
  Optional<Erasure> find(ProjectScope scope, long id);

  /** What is not done, the oldest first, of all projects: for whoever does it. */
  List<Erasure> open();

  /** Notes why it does not go on; null when it does. */
  void trouble(long id, @Nullable String why);

  /** The rows of issues, and of parts of issues, that count the events of fingerprints. */
  List<Counter> counters(ProjectId project, Set<Fingerprint> fingerprints);

  /** Counts users as issues do; used by one thread. */
  Users users();

  /** Takes events out of counters, and goes to {@link Erasure.Step#COUNTED}. */
  void recount(Erasure erasure, List<Loss> losses, Instant at);

  /**
   * Drops an issue with all that hangs on it, and goes to {@link Erasure.Step#COUNTED}.
   *
   * @param after events of its fingerprints that came in later and begin a new one
   */
  void drop(Erasure erasure, List<EventRecord> after);

  /** Goes to {@link Erasure.Step#CLEARED}. */
  void cleared(long id, long events);

  /** Forgets whom it was about, and goes to {@link Erasure.Step#FORGOTTEN}. */
  void forget(long id);

  /** Goes to {@link Erasure.Step#DONE}. */
  void done(long id, List<String> left, Instant at);

  /**
   * What counts the events of some fingerprints, and of no others.
   *
   * @param row its number in this store
   */
  record Counter(long row, List<Fingerprint> fingerprints) {
    public Counter {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /** Different users, as many as there are. */
  interface Users {
    /** Counts one in. */
    void add(String userKey);
  }

  /**
   * What a counter loses.
   *
   * @param events weights added
   * @param byHour the same by number of the hour since the epoch
   * @param oldest time of the oldest that goes
   * @param newest time of the newest that goes
   * @param remains null when no other event is kept
   */
  record Loss(
      Counter counter,
      long events,
      Map<Long, Long> byHour,
      Instant oldest,
      Instant newest,
      @Nullable Remains remains) {
    public Loss {
      byHour = Map.copyOf(byHour);
    }
  }

  /**
   * What a counter has besides.
   *
   * @param newest the newest event that stays
   * @param oldest time of the oldest that stays
   * @param users of those that stay
   */
  record Remains(Event newest, Instant oldest, Users users) {}
}
