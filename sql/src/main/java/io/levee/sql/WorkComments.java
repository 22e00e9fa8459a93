package io.levee.sql;

import io.levee.engine.work.Comment;
import io.levee.engine.work.CommentOutcome;
import io.levee.engine.work.WorkStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes comments on one issue that is in the caller's scope, within the caller's transaction. */
final class WorkComments {
  private final Handle handle;
  private final long issue;

  WorkComments(Handle handle, long issue) {
    this.handle = handle;
    this.issue = issue;
  }

  CommentOutcome add(String text, String actor, long at) {
    int count =
        handle
            .createQuery("SELECT COUNT(*) FROM issue_comment WHERE issue = ?")
            .bind(0, issue)
            .mapTo(Integer.class)
            .one();
    if (count >= WorkStore.COMMENTS_MAX) {
      return new CommentOutcome.TooMany();
    }
    long id = SqlRows.takeIds(handle, "comment", 1);
    handle.execute(
        "INSERT INTO issue_comment (id, issue, at, actor, version, body) VALUES (?, ?, ?, ?, 1, ?)",
        id,
        issue,
        at,
        actor,
        text);
    return new CommentOutcome.Written(new Comment(id, Micros.instant(at), null, actor, 1, text));
  }

  CommentOutcome edit(long id, long version, @Nullable String text, String actor, long at) {
    Optional<Comment> found =
        handle
            .createQuery("SELECT * FROM issue_comment WHERE id = ? AND issue = ?")
            .bind(0, id)
            .bind(1, issue)
            .map((row, context) -> WorkReader.comment(row))
            .findOne();
    if (found.isEmpty()) {
      return new CommentOutcome.Unknown();
    }
    Comment now = found.get();
    if (!now.actor().equals(actor)) {
      return new CommentOutcome.NotTheirs(now);
    }
    if (now.version() != version) {
      return new CommentOutcome.Stale(now);
    }
    if (text == null) {
      handle.execute("DELETE FROM issue_comment WHERE id = ?", id);
      return new CommentOutcome.Removed();
    }
    handle.execute(
        "UPDATE issue_comment SET body = ?, edited = ?, version = version + 1 WHERE id = ?",
        text,
        at,
        id);
    return new CommentOutcome.Written(
        new Comment(id, now.at(), Micros.instant(at), actor, version + 1, text));
  }
}
