package io.levee.sql;

import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.work.SimilarIssue;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Compares one issue with those of its project that were seen last. */
final class SimilarSearch {
  private static final int LOOKED_AT = 2_000;
  private static final double LIKENESS_MIN = 0.3;
  private static final double OF_WORDS = 0.6;
  private static final double OF_PLACE = 0.2;
  private static final double OF_TYPE = 0.2;

  /** Numbers differ from event to event, and say nothing about the problem. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}_]+");

  private final Handle handle;
  private final Issue issue;
  private final Set<String> words;

  SimilarSearch(Handle handle, Issue issue) {
    this.handle = handle;
    this.issue = issue;
    this.words = words(issue.title());
  }

  List<SimilarIssue> find(int limit) {
    return handle
        .createQuery(
            "SELECT i.id, i.title, i.culprit, i.exception_type FROM issue i WHERE i.project = ?"
                + " ORDER BY i.last_seen DESC, i.id DESC LIMIT ?")
        .bind(0, issue.project().value())
        .bind(1, LOOKED_AT)
        .map((row, context) -> {
          String title = row.getString("title");
          double likeness = OF_WORDS * shared(words(title));
          likeness += same(issue.culprit(), row.getString("culprit")) ? OF_PLACE : 0;
          likeness += same(issue.exceptionType(), row.getString("exception_type")) ? OF_TYPE : 0;
          return new SimilarIssue(new IssueId(row.getLong("id")), title, likeness);
        })
        .list()
        .stream()
        .filter(other -> other.likeness() >= LIKENESS_MIN && !other.issue().equals(issue.id()))
        .sorted(Comparator.comparingDouble(SimilarIssue::likeness).reversed())
        .limit(limit)
        .toList();
  }

  private static boolean same(@Nullable String left, @Nullable String right) {
    return left != null && Objects.equals(left, right);
  }

  private double shared(Set<String> other) {
    Set<String> both = new HashSet<>(words);
    both.retainAll(other);
    int all = words.size() + other.size() - both.size();
    return all == 0 ? 0 : (double) both.size() / all;
  }

  private static Set<String> words(String title) {
    return BETWEEN_WORDS
        .splitAsStream(SqlText.folded(title))
        .filter(word -> word.length() > 1)
        .collect(Collectors.toSet());
  }
}
