package io.levee.engine.grouping;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges issues and takes them apart. What is taught holds for all events to come: the events of a
 * merged issue's fingerprints join the other one, those of a fingerprint that was taken out never
 * come back by themselves. No event is rewritten: an issue is the set of its fingerprints, and the
 * index is asked for all of them. Counts, users and times of all issues stay what they would be had
 * it always been so. Each call is one transaction. Thread-safe. Failures are {@link
 * io.levee.engine.run.BackendException}s.
 */
public interface MergeStore {
  /** How many issues one call merges. */
  int ISSUES_MAX = 1_000;

  /** What came of a merge or of taking apart. */
  sealed interface Outcome {}

  /** It is done; these issues are there now and were changed. */
  record Done(List<IssueId> issues) implements Outcome {
    public Done {
      issues = List.copyOf(issues);
    }
  }

  /** The scope has no such issue; nothing was done. */
  record NotFound(IssueId issue) implements Outcome {}

  /** The issues belong to two projects; nothing was done. */
  record OtherProject(IssueId issue) implements Outcome {}

  /** It can't be done, in words; nothing was done. */
  record Refused(String why) implements Outcome {}

  /**
   * What one fingerprint of an issue has to itself.
   *
   * @param fingerprints usually one; more when there were too many to count apart
   * @param pinned somebody put it here
   * @param alsoFoundBy how many other fingerprints lead events here that weren't seen before
   */
  record Part(
      List<Fingerprint> fingerprints,
      String title,
      long events,
      long users,
      Instant firstSeen,
      Instant lastSeen,
      boolean pinned,
      int alsoFoundBy) {
    public Part {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /**
   * One that was merged, or taken apart.
   *
   * @param other the issue that it was merged with, or that came out of it
   * @param title of the other
   */
  record Merge(Instant at, String actor, boolean merged, IssueId other, String title) {}

  /** Merges others into an issue, which keeps its number and status; the others are no more. */
  Outcome merge(ProjectScope scope, IssueId into, Set<IssueId> others, String actor, Instant at);

  /**
   * Takes fingerprints out of an issue, each becomes an unresolved issue of its own; at least one
   * must stay. A whole issue that was merged before comes back under its old number.
   */
  Outcome unmerge(
      ProjectScope scope, IssueId issue, Set<Fingerprint> fingerprints, String actor, Instant at);

  /** What an issue is made of; empty when it is not in the scope. */
  List<Part> parts(ProjectScope scope, IssueId issue);

  /** The merges of an issue, the newest first. */
  List<Merge> merges(ProjectScope scope, IssueId issue, int limit);

  /** Where an issue went that was merged into another of the scope. */
  Optional<IssueId> mergedInto(ProjectScope scope, IssueId issue);

  /**
   * Lets fingerprints that no event has brought yet find an issue; those that are known already
   * stay where they are.
   *
   * @return how many were new
   */
  int teach(ProjectScope scope, IssueId issue, Set<Fingerprint> fingerprints);
}
