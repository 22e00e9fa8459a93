package io.levee.console;

import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Frame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Distributions of fields and of the keys of tags and extra that the newest events carry. */
final class Facets {
  static final List<String> FIELDS =
      List.of(
          "level", "environment", "release", "type", "culprit", "logger", "host", "status", "kind");

  /** Those in which the events of one issue differ. */
  static final List<String> ISSUE_FIELDS =
      List.of("environment", "release", "host", "status", "method");

  private static final int VALUES_MAX = 6;
  private static final int TAGS_MAX = 10;
  private static final int EXTRA_MAX = 6;
  private static final String EXTRA = "extra.";

  private Facets() {}

  /**
   * Fields without values are left out; of keys without, it is said that they are not counted.
   *
   * @param keys as {@link #keys} finds them
   * @param total how many events match
   */
  static List<FacetView> of(
      EventIndex index,
      ProjectScope scope,
      Query query,
      TimeRange range,
      List<String> wanted,
      List<String> keys,
      long total) {
    List<String> fields = new ArrayList<>(wanted);
    fields.addAll(keys);
    Map<String, List<FacetValue>> found = index.facets(scope, query, range, fields, VALUES_MAX);
    List<FacetView> views = new ArrayList<>();
    for (String field : fields) {
      List<FacetValue> values = found.getOrDefault(field, List.of());
      if (!values.isEmpty()) {
        views.add(FacetView.of(field, values, total));
      } else if (keys.contains(field)) {
        views.add(FacetView.uncounted(field));
      }
    }
    return views;
  }

  /** What some events have in tags and extra, by names that can be asked for, sorted. */
  static List<String> keys(List<StoredEvent> events) {
    List<String> names = new ArrayList<>();
    tagKeys(events).stream().limit(TAGS_MAX).forEach(key -> names.add("tags." + key));
    TreeSet<String> extra = new TreeSet<>();
    events.forEach(stored -> EventFields.visit(stored.event(), new ExtraKeys(extra)));
    extra.stream().limit(EXTRA_MAX).forEach(names::add);
    return names;
  }

  /** The same of the newest matching events. */
  static List<String> keys(
      EventIndex index, ProjectScope scope, Query query, TimeRange range, int newest) {
    return keys(index.search(SearchRequest.newest(scope, query, range, newest)).events());
  }

  /** Takes the names of what lies in extra. */
  private record ExtraKeys(TreeSet<String> names) implements FieldVisitor {
    @Override
    public void leaf(String path, String value) {
      if (path.startsWith(EXTRA)) {
        names.add(path);
      }
    }

    @Override
    public void exact(String field, String value) {}

    @Override
    public void text(String field, String value) {}

    @Override
    public void number(String field, double value) {}

    @Override
    public void words(String value) {}

    @Override
    public void frames(List<Frame> frames) {}
  }

  /** The keys of the tags of some events, sorted. */
  private static Collection<String> tagKeys(List<StoredEvent> events) {
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
