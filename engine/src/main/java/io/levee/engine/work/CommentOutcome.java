package io.levee.engine.work;

/** What came of writing, editing or removing a comment. */
public sealed interface CommentOutcome {
  record Written(Comment comment) implements CommentOutcome {}

  record Removed() implements CommentOutcome {}

  /** Nothing happened: it was edited since; so it reads now. */
  record Stale(Comment now) implements CommentOutcome {}

  /** Nothing happened: who wants it did not write it. */
  record NotTheirs(Comment now) implements CommentOutcome {}

  /** There is no such comment, or no such issue. */
  record Unknown() implements CommentOutcome {}

  /** Nothing happened: an issue has at most {@link WorkStore#COMMENTS_MAX}. */
  record TooMany() implements CommentOutcome {}
}
