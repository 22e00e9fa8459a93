package io.levee.console;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Events in a list; every question walks all of them. Thread-safe. */
final class MemoryEventIndex implements EventIndex {
  private final List<Event> events = new CopyOnWriteArrayList<>();

  void add(List<Event> more) {
    events.addAll(more);
  }

  private List<Event> matching(ProjectScope scope, Query query, TimeRange range) {
    QueryMatcher matcher = new QueryMatcher(query);
    return events.stream()
        .filter(event -> scope.covers(event.project()) && range.contains(event.time()))
        .filter(event -> matches(query, matcher, event))
        .toList();
  }

  /** The two commonest questions are answered without walking through the event. */
  private static boolean matches(Query query, QueryMatcher matcher, Event event) {
    return switch (query) {
      case Query.All ignored -> true;
      case Query.Term(String field, String value) when "fingerprint".equals(field) ->
          event.fingerprint() != null && event.fingerprint().value().equals(value);
      default -> matcher.matches(event);
    };
  }

  @Override
  public SearchPage search(SearchRequest request) {
    Comparator<Event> order = Comparator.comparing(Event::time).thenComparing(Event::id);
    if (request.order() == SearchRequest.Order.NEWEST) {
      order = order.reversed();
    }
    List<Event> found =
        matching(request.scope(), request.query(), request.range()).stream().sorted(order).toList();
    String after = request.after();
    int from = after == null ? 0 : Math.min(found.size(), Integer.parseInt(after));
    int to = Math.min(found.size(), from + request.limit());
    return new SearchPage(
        found.subList(from, to).stream().map(MemoryEventIndex::stored).toList(),
        to < found.size() ? Integer.toString(to) : null);
  }

  private static StoredEvent stored(Event event) {
    return new StoredEvent(CanonicalJson.write(event));
  }

  @Override
  public EventCount count(ProjectScope scope, Query query, TimeRange range) {
    List<Event> found = matching(scope, query, range);
    return new EventCount(found.stream().mapToLong(Event::weight).sum(), found.size());
  }

  @Override
  public Histogram histogram(ProjectScope scope, Query query, TimeRange range, Duration bucket) {
    long width = bucket.toMillis();
    long first = Math.floorDiv(range.from().toEpochMilli(), width);
    long last = Math.floorDiv(range.to().toEpochMilli() - 1, width);
    List<Map<Level, Long>> counts = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      counts.add(new EnumMap<>(Level.class));
    }
    for (Event event : matching(scope, query, range)) {
      long at = Math.floorDiv(event.time().toEpochMilli(), width) - first;
      counts.get((int) at).merge(event.level(), (long) event.weight(), Long::sum);
    }
    List<Histogram.Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      Instant start = Instant.ofEpochMilli((first + i) * width);
      buckets.add(new Histogram.Bucket(start, counts.get(i)));
    }
    return new Histogram(bucket, buckets);
  }

  @Override
  public Map<String, List<FacetValue>> facets(
      ProjectScope scope, Query query, TimeRange range, List<String> fields, int top) {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (Event event : matching(scope, query, range)) {
      EventFields.visit(event, new Counter(counts, fields, event.weight()));
    }
    Map<String, List<FacetValue>> facets = new HashMap<>();
    for (String field : fields) {
      facets.put(
          field,
          counts.getOrDefault(field, Map.of()).entrySet().stream()
              .map(value -> new FacetValue(value.getKey(), value.getValue()))
              .sorted(
                  Comparator.comparingLong(FacetValue::events)
                      .reversed()
                      .thenComparing(FacetValue::value))
              .limit(top)
              .toList());
    }
    return facets;
  }

  private record Counter(Map<String, Map<String, Long>> counts, List<String> fields, long weight)
      implements FieldVisitor {
    @Override
    public void exact(String field, String value) {
      if (fields.contains(field)) {
        counts.computeIfAbsent(field, ignored -> new HashMap<>()).merge(value, weight, Long::sum);
      }
    }

    @Override
    public void text(String field, String value) {}

    @Override
    public void number(String field, double value) {}

    @Override
    public void leaf(String path, String value) {
      exact(path, value);
    }

    @Override
    public void words(String value) {}
  }

  @Override
  public Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    return events.stream()
        .filter(event -> scope.covers(event.project()) && event.id().equals(id))
        .findFirst()
        .map(MemoryEventIndex::stored);
  }

  @Override
  public void start() {}

  @Override
  public void scan(LocalDate day, Consumer<StoredEvent> consumer) {
    throw new UnsupportedOperationException("no page scans");
  }

  @Override
  public List<LocalDate> days() {
    return List.of();
  }

  @Override
  public int retain(Map<ProjectId, LocalDate> keepFrom) {
    return 0;
  }

  @Override
  public IndexRebuild rebuild() {
    throw new UnsupportedOperationException("no page rebuilds");
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Health check() {
    return Health.ok();
  }

  @Override
  public void close() {}

  @Override
  public String group() {
    return "index";
  }

  @Override
  public Positions committed() {
    return Positions.START;
  }

  @Override
  public void apply(List<Delivery> batch) {
    throw new UnsupportedOperationException("events are added directly");
  }

  @Override
  public Positions flush() {
    return Positions.START;
  }
}
