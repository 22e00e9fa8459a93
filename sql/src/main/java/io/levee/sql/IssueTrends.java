package io.levee.sql;

import io.levee.engine.issue.IssueId;
import io.levee.engine.query.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Adds the hours of issues up in buckets.
 *
 * @param fromHour the first hour that counts
 * @param toHour the first hour that no longer counts
 */
record IssueTrends(long fromHour, long toHour, long bucketHours) {
  private static final int BUCKETS_MAX = 10_000;
  private static final int ISSUES_AT_ONCE = 500;

  /**
   * Buckets of this width over a range.
   *
   * @throws IllegalArgumentException when the width is no whole number of hours or the buckets are
   *     too many
   */
  static IssueTrends over(TimeRange range, Duration bucket) {
    long hours = bucket.toHours();
    if (hours < 1 || !bucket.equals(Duration.ofHours(hours))) {
      throw new IllegalArgumentException(
          "bucket: " + bucket + " (expected: a whole number of hours)");
    }
    long from = Micros.hour(Micros.of(range.from()));
    long to = Math.ceilDiv(Micros.of(range.to()), Micros.AN_HOUR);
    IssueTrends trends = new IssueTrends(from, to, hours);
    if (trends.buckets() > BUCKETS_MAX) {
      throw new IllegalArgumentException(
          "buckets: " + trends.buckets() + " (expected: up to " + BUCKETS_MAX + ")");
    }
    return trends;
  }

  private long firstBucket() {
    return Math.floorDiv(fromHour, bucketHours);
  }

  private long buckets() {
    return toHour <= fromHour ? 0 : Math.floorDiv(toHour - 1, bucketHours) - firstBucket() + 1;
  }

  /** The counts of each of these issues; zeros where there is nothing. */
  Map<IssueId, List<Long>> read(Handle handle, Collection<Long> issues) {
    Map<Long, long[]> counts = new HashMap<>();
    issues.forEach(id -> counts.put(id, new long[(int) buckets()]));
    List<Long> all = List.copyOf(issues);
    for (int from = 0; from < all.size(); from += ISSUES_AT_ONCE) {
      addHours(handle, all.subList(from, Math.min(from + ISSUES_AT_ONCE, all.size())), counts);
    }
    Map<IssueId, List<Long>> trends = new HashMap<>();
    counts.forEach((id, values) -> trends.put(new IssueId(id), boxed(values)));
    return trends;
  }

  private void addHours(Handle handle, List<Long> issues, Map<Long, long[]> counts) {
    Query query =
        handle.createQuery(
            "SELECT issue, (hour - "
                + firstBucket() * bucketHours
                + ") / "
                + bucketHours
                + " AS bucket, SUM(events) FROM issue_hour"
                + " WHERE hour >= ? AND hour < ? AND issue IN ("
                + SqlText.parameters(issues.size())
                + ") GROUP BY issue, bucket");
    query.bind(0, fromHour).bind(1, toHour);
    for (int i = 0; i < issues.size(); i++) {
      query.bind(2 + i, issues.get(i));
    }
    query
        .map((row, context) -> new Part(row.getLong(1), row.getLong(2), row.getLong(3)))
        .forEach(part -> {
          long[] values = counts.get(part.issue());
          if (values != null) {
            values[(int) part.bucket()] = part.events();
          }
        });
  }

  private record Part(long issue, long bucket, long events) {}

  private static List<Long> boxed(long[] values) {
    List<Long> boxed = new ArrayList<>(values.length);
    for (long value : values) {
      boxed.add(value);
    }
    return List.copyOf(boxed);
  }
}
