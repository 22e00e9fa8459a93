package io.levee.engine.work;

import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what people do about issues. Each call is one transaction: what it says happened is
 * durable, and otherwise nothing happened. Issues outside the scope are not found. Thread-safe;
 * failures are {@link io.levee.engine.run.BackendException}s.
 */
public interface WorkStore {
  /** How long a change can be taken back. */
  Duration UNDO_KEPT = Duration.ofDays(1);

  /** How many comments an issue may have. */
  int COMMENTS_MAX = 1_000;

  /** How many bookmarks an actor may have in a project. */
  int BOOKMARKS_MAX = 500;

  /** The work on each of these issues that are in the scope. */
  Map<IssueId, IssueWork> of(ProjectScope scope, Set<IssueId> issues, String actor, Instant now);

  /** What a list that is made now shows, for {@link Target.Matching}. */
  Sight look(Instant now);

  /** Changes issues: all that the target names, or none. */
  ChangeOutcome change(ProjectScope scope, Target target, Change change, String actor, Instant at);

  /** Takes a change back for those of its issues that nobody changed since. */
  UndoOutcome undo(ProjectScope scope, String token, String actor, Instant at);

  /**
   * What was done about an issue, the newest first; empty when it is not in the scope.
   *
   * @param before only entries with a lower id; null: from the newest on
   */
  List<Entry> activity(ProjectScope scope, IssueId issue, @Nullable Long before, int limit);

  /** The comments on an issue, the oldest first; empty when it is not in the scope. */
  List<Comment> comments(ProjectScope scope, IssueId issue);

  /**
   * Writes a comment.
   *
   * @throws IllegalArgumentException when the text is blank or longer than {@link
   *     Comment#CHARS_MAX}
   */
  CommentOutcome comment(ProjectScope scope, IssueId issue, String text, String actor, Instant at);

  /**
   * Replaces the text of an own comment, or removes it.
   *
   * @param version that was seen
   * @param text null: remove it
   * @throws IllegalArgumentException as with {@link #comment}
   */
  CommentOutcome edit(
      ProjectScope scope,
      IssueId issue,
      long comment,
      long version,
      @Nullable String text,
      String actor,
      Instant at);

  /**
   * Sets or removes an actor's bookmark.
   *
   * @return whether the issue is in the scope, and the actor has room for it
   */
  boolean bookmark(ProjectScope scope, IssueId issue, boolean on, String actor, Instant at);

  /** The issues that an actor has bookmarked, the newest bookmark first. */
  List<IssueId> bookmarks(ProjectScope scope, String actor);

  /**
   * Issues of the same project that resemble one in type, place and words, the most alike first;
   * looks at the two thousand seen last.
   */
  List<SimilarIssue> similar(ProjectScope scope, IssueId issue, int limit);

  /**
   * Makes unresolved what was to be ignored until a moment that has come, and forgets changes that
   * can no longer be taken back.
   *
   * @return how many issues are unresolved again
   */
  int wake(Instant now);
}
