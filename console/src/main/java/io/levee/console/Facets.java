package io.levee.console;

import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Distributions of fields and of the tags that the newest events carry. */
final class Facets {
  static final List<String> FIELDS =
      List.of(
          "level", "environment", "release", "type", "culprit", "logger", "host", "status", "kind");

  /** Those in which the events of one issue differ. */
  static final List<String> ISSUE_FIELDS =
      List.of("environment", "release", "host", "status", "method");

  private static final int VALUES_MAX = 6;
  private static final int TAGS_MAX = 10;

  private Facets() {}

  /**
   * Fields without values are left out.
   *
   * @param total how many events match
   */
  static List<FacetView> of(
      EventIndex index,
      ProjectScope scope,
      Query query,
      TimeRange range,
      List<String> wanted,
      Collection<String> tagKeys,
      long total) {
    List<String> fields = new ArrayList<>(wanted);
    tagKeys.stream().limit(TAGS_MAX).forEach(key -> fields.add("tags." + key));
    Map<String, List<FacetValue>> found = index.facets(scope, query, range, fields, VALUES_MAX);
    List<FacetView> views = new ArrayList<>();
    for (String field : fields) {
      List<FacetValue> values = found.getOrDefault(field, List.of());
      if (!values.isEmpty()) {
        views.add(FacetView.of(field, values, total));
      }
    }
    return views;
  }

  /** The keys of the tags of some events, sorted. */
  static Collection<String> tagKeys(List<StoredEvent> events) {
    TreeSet<String> keys = new TreeSet<>();
    events.forEach(event -> keys.addAll(event.event().tags().keySet()));
    return keys;
  }

  /** The keys of the tags of the newest matching events. */
  static Collection<String> tagKeys(
      EventIndex index, ProjectScope scope, Query query, TimeRange range, int newest) {
    return tagKeys(index.search(SearchRequest.newest(scope, query, range, newest)).events());
  }
}
