package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Comment;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.Entry;
import io.levee.engine.work.IssueWork;
import io.levee.engine.work.Sight;
import io.levee.engine.work.SimilarIssue;
import io.levee.engine.work.Target;
import io.levee.engine.work.UndoOutcome;
import io.levee.engine.work.WorkStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The work on issues in a relational database. */
public final class SqlWorkStore implements WorkStore {
  private static final int WAKE_AT_ONCE = 500;
  private static final int TOKEN_DIGITS_MAX = 18;

  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlWorkStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Map<IssueId, IssueWork> of(
      ProjectScope scope, Set<IssueId> issues, String actor, Instant now) {
    return database.read(
        "read work", handle -> new WorkReader(handle).of(scope, issues, actor, now));
  }

  @Override
  public Sight look(Instant now) {
    long next =
        database.read(
            "look",
            handle ->
                handle
                    .createQuery("SELECT next_id FROM id_sequence WHERE name = 'issue'")
                    .mapTo(Long.class)
                    .one());
    return new Sight(now, next - 1);
  }

  @Override
  public ChangeOutcome change(
      ProjectScope scope, Target target, Change change, String actor, Instant at) {
    return database.write(
        "change issues", handle -> new WorkChange(handle, actor, at).run(scope, target, change));
  }

  @Override
  public UndoOutcome undo(ProjectScope scope, String token, String actor, Instant at) {
    boolean isNumber =
        !token.isEmpty()
            && token.length() <= TOKEN_DIGITS_MAX
            && token.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber
        ? database.write(
            "undo", handle -> new WorkUndo(handle, Long.parseLong(token)).run(scope, actor, at))
        : new UndoOutcome.Unknown();
  }

  @Override
  public List<Entry> activity(ProjectScope scope, IssueId issue, @Nullable Long before, int limit) {
    return database.read(
        "read activity",
        handle -> new WorkReader(handle).activity(scope, issue.value(), before, limit));
  }

  @Override
  public List<Comment> comments(ProjectScope scope, IssueId issue) {
    return database.read(
        "read comments",
        handle -> new WorkReader(handle).comments(scope, issue.value(), COMMENTS_MAX));
  }

  @Override
  public CommentOutcome comment(
      ProjectScope scope, IssueId issue, String text, String actor, Instant at) {
    String body = body(text);
    return database.write(
        "comment",
        handle ->
            isWithin(handle, scope, issue)
                ? new WorkComments(handle, issue.value())
                    .add(body, SqlText.storable(actor), Micros.of(at))
                : new CommentOutcome.Unknown());
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
    String body = text == null ? null : body(text);
    return database.write(
        "edit comment",
        handle ->
            isWithin(handle, scope, issue)
                ? new WorkComments(handle, issue.value())
                    .edit(comment, version, body, SqlText.storable(actor), Micros.of(at))
                : new CommentOutcome.Unknown());
  }

  private static String body(String text) {
    if (text.isBlank() || text.length() > Comment.CHARS_MAX) {
      throw new IllegalArgumentException(
          "text: " + text.length() + " characters (expected: 1.." + Comment.CHARS_MAX + ")");
    }
    return SqlText.storable(text);
  }

  private static boolean isWithin(Handle handle, ProjectScope scope, IssueId issue) {
    return !new IssueReader(handle).within(scope, List.of(issue)).isEmpty();
  }

  @Override
  public boolean bookmark(ProjectScope scope, IssueId issue, boolean on, String actor, Instant at) {
    String by = SqlText.storable(actor);
    return database.write(
        "bookmark",
        handle -> {
          if (!isWithin(handle, scope, issue)) {
            return false;
          }
          if (!on) {
            handle.execute(
                "DELETE FROM issue_bookmark WHERE actor = ? AND issue = ?", by, issue.value());
            return true;
          }
          if (new WorkReader(handle).bookmarks(scope, actor, BOOKMARKS_MAX).size()
              >= BOOKMARKS_MAX) {
            return false;
          }
          handle.execute(
              "INSERT INTO issue_bookmark (actor, issue, at) VALUES (?, ?, ?)"
                  + " ON CONFLICT (actor, issue) DO NOTHING",
              by,
              issue.value(),
              Micros.of(at));
          return true;
        });
  }

  @Override
  public List<IssueId> bookmarks(ProjectScope scope, String actor) {
    return database.read(
        "read bookmarks", handle -> new WorkReader(handle).bookmarks(scope, actor, BOOKMARKS_MAX));
  }

  @Override
  public List<SimilarIssue> similar(ProjectScope scope, IssueId issue, int limit) {
    return database.read(
        "find similar",
        handle ->
            new IssueReader(handle)
                .find(scope, issue.value())
                .map(found -> new SimilarSearch(handle, found).find(limit))
                .orElse(List.of()));
  }

  @Override
  public int wake(Instant now) {
    int woken = 0;
    int some;
    do {
      some = hasDue(now) ? database.write("wake issues", handle -> wakeSome(handle, now)) : 0;
      woken += some;
    } while (some == WAKE_AT_ONCE);
    long oldest = Micros.of(now.minus(UNDO_KEPT));
    if (hasChangeBefore(oldest)) {
      database.update(
          "forget changes",
          handle -> handle.execute("DELETE FROM issue_change WHERE at < ?", oldest));
    }
    return woken;
  }

  /** Looked at without the writer's lock, which is wanted by others. */
  private boolean hasDue(Instant now) {
    return database.read("find due", handle -> !due(handle, Micros.of(now), 1).isEmpty());
  }

  private boolean hasChangeBefore(long micros) {
    return database.read(
        "find changes",
        handle ->
            handle
                .createQuery("SELECT 1 FROM issue_change WHERE at < ? LIMIT 1")
                .bind(0, micros)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  private static List<Long> due(Handle handle, long now, int limit) {
    return handle
        .createQuery(
            "SELECT w.issue FROM issue_work w WHERE w.rule = ? AND w.rule_number <= ?"
                + " ORDER BY w.rule_number LIMIT ?")
        .bind(0, WorkRule.TIME)
        .bind(1, now)
        .bind(2, limit)
        .mapTo(Long.class)
        .list();
  }

  private static int wakeSome(Handle handle, Instant now) throws SQLException {
    long at = Micros.of(now);
    List<Reopenings.Reopened> due =
        due(handle, at, WAKE_AT_ONCE).stream()
            .map(issue ->
                new Reopenings.Reopened(
                    issue, IssueStatus.IGNORED, at, false, false, "its time came"))
            .toList();
    new Reopenings(handle).reopen(due);
    return due.size();
  }
}
