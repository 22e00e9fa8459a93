package io.levee.console;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Comment;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Priority;
import io.levee.engine.work.Sight;
import io.levee.engine.work.SimilarIssue;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.WorkStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statuses, priorities and comments, each issue with a version; takes nothing back. */
final class MemoryWorkStore implements WorkStore {
  private final MemoryIssueStore issues;
  private final Map<IssueId, Long> versions = new HashMap<>();
  private final Map<IssueId, Priority> priorities = new HashMap<>();
  private final Map<IssueId, List<Comment>> comments = new HashMap<>();
  private final Map<IssueId, List<Entry>> entries = new HashMap<>();

  MemoryWorkStore(MemoryIssueStore issues) {
    this.issues = issues;
  }

  @Override
  public Map<IssueId, IssueWork> of(
      ProjectScope scope, Set<IssueId> ids, String actor, Instant now) {
    Map<IssueId, IssueWork> work = new HashMap<>();
    for (IssueId id : ids) {
      work.put(
          id,
          new IssueWork(
              id,
              versions.getOrDefault(id, 0L),
              priorities.getOrDefault(id, Priority.NONE),
              id.value() % 7 == 3,
              id.value() % 5 == 2,
              null,
              null,
              comments(scope, id).size()));
    }
    return work;
  }

  @Override
  public Sight look(Instant now) {
    return new Sight(now, Integer.MAX_VALUE);
  }

  @Override
  public ChangeOutcome change(
      ProjectScope scope, Target target, Change change, String actor, Instant at) {
    Map<IssueId, Long> wanted =
        switch (target) {
          case Target.Named(Map<IssueId, Long> named) -> named;
          case Target.Matching(IssueFilter filter, Sight ignored) -> {
            Map<IssueId, Long> all = new HashMap<>();
            issues.list(filter).issues().forEach(issue -> all.put(issue.id(), -1L));
            yield all;
          }
        };
    for (Map.Entry<IssueId, Long> each : wanted.entrySet()) {
      long version = versions.getOrDefault(each.getKey(), 0L);
      if (each.getValue() != Target.ANY_VERSION && each.getValue() != version) {
        return new ChangeOutcome.Stale(
            1,
            List.of(
                new ChangeOutcome.Conflict(
                    each.getKey(), version, activity(scope, each.getKey(), null, 3))));
      }
    }
    wanted.keySet().forEach(id -> change(scope, id, change, actor, at));
    return new ChangeOutcome.Changed(wanted.size(), "1", at.plus(UNDO_KEPT));
  }

  private void change(ProjectScope scope, IssueId id, Change change, String actor, Instant at) {
    long version = versions.merge(id, 1L, Long::sum);
    IssueStatus to =
        switch (change) {
          case Change.Unresolve ignored -> IssueStatus.UNRESOLVED;
          case Change.Resolve ignored -> IssueStatus.RESOLVED;
          case Change.ResolveInNextRelease ignored -> IssueStatus.RESOLVED;
          case Change.ResolveInRelease ignored -> IssueStatus.RESOLVED;
          case Change.Ignore ignored -> IssueStatus.IGNORED;
          case Change.Archive ignored -> IssueStatus.ARCHIVED;
          case Change.Prioritise(Priority priority) -> {
            priorities.put(id, priority);
            yield IssueStatus.UNRESOLVED;
          }
        };
    if (!(change instanceof Change.Prioritise)) {
      issues.setStatus(scope, Set.of(id), to, actor, at);
    }
    entries
        .computeIfAbsent(id, ignored -> new ArrayList<>())
        .addFirst(
            new Entry(
                version, at, actor, "status", IssueStatus.UNRESOLVED, to, false, "", version));
  }

  @Override
  public UndoOutcome undo(ProjectScope scope, String token, String actor, Instant at) {
    return new UndoOutcome.Unknown();
  }

  @Override
  public List<Entry> activity(ProjectScope scope, IssueId issue, @Nullable Long before, int limit) {
    return entries.getOrDefault(issue, List.of()).stream().limit(limit).toList();
  }

  @Override
  public List<Comment> comments(ProjectScope scope, IssueId issue) {
    return List.copyOf(comments.getOrDefault(issue, List.of()));
  }

  @Override
  public CommentOutcome comment(
      ProjectScope scope, IssueId issue, String text, String actor, Instant at) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("text: 0 characters (expected: 1.." + Comment.CHARS_MAX);
    }
    List<Comment> all = comments.computeIfAbsent(issue, ignored -> new ArrayList<>());
    Comment comment = new Comment(all.size() + 1L, at, null, actor, 1, text);
    all.add(comment);
    return new CommentOutcome.Written(comment);
  }

  @Override
  public CommentOutcome edit(
      ProjectScope scope,
      IssueId issue,
      long comment,
      long version,
      @Nullable String text,
      String actor,
      Instant at) {
    return new CommentOutcome.Unknown();
  }

  @Override
  public boolean bookmark(ProjectScope scope, IssueId issue, boolean on, String actor, Instant at) {
    return true;
  }

  @Override
  public List<IssueId> bookmarks(ProjectScope scope, String actor) {
    return List.of();
  }

  @Override
  public List<SimilarIssue> similar(ProjectScope scope, IssueId issue, int limit) {
    return List.of(new SimilarIssue(new IssueId(2), "Much like it", 0.5));
  }

  @Override
  public int wake(Instant now) {
    return 0;
  }
}
