package io.levee.engine.index;

import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a page of events.
 *
 * @param order by event time; of equal times the order is arbitrary but the same on every page
 * @param after the {@link SearchPage#next} of the page before; null for the first page
 * @param limit hits a page, 1..1000
 */
public record SearchRequest(
    ProjectScope scope,
    Query query,
    TimeRange range,
    Order order,
    @Nullable String after,
    int limit) {
  /** Which hits come first. */
  public enum Order {
    NEWEST,
    OLDEST
  }

  public SearchRequest {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1..1000)");
    }
  }

  /** The first page of the newest. */
  public static SearchRequest newest(ProjectScope scope, Query query, TimeRange range, int limit) {
    return new SearchRequest(scope, query, range, Order.NEWEST, null, limit);
  }
}
