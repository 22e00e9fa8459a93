package io.levee.edge.fake;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventCount;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.FacetValue;
import io.levee.engine.index.Histogram;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Searches a list, the newest first. Knows two kinds of query: all, and a term in the title. Used
 * by one thread.
 */
public final class FakeIndex implements EventIndex {
  private final Supplier<List<Event>> events;

  public FakeIndex(Supplier<List<Event>> events) {
    this.events = events;
  }

  private List<Event> matching(ProjectScope scope, Query query, TimeRange range) {
    return events.get().stream()
        .filter(event -> scope.covers(event.project()) && range.contains(event.time()))
        .filter(
            event -> !(query instanceof Query.Term term) || event.title().contains(term.value()))
        .sorted(Comparator.comparing(Event::time).reversed())
        .toList();
  }

  @Override
  public SearchPage search(SearchRequest request) {
    List<Event> all = matching(request.scope(), request.query(), request.range());
    int from = request.after() == null ? 0 : Integer.parseInt(request.after());
    int to = Math.min(all.size(), from + request.limit());
    String next = to < all.size() ? Integer.toString(to) : null;
    return new SearchPage(all.subList(from, to).stream().map(FakeIndex::stored).toList(), next);
  }

  private static StoredEvent stored(Event event) {
    return new StoredEvent(CanonicalJson.write(event));
  }

  @Override
  public EventCount count(ProjectScope scope, Query query, TimeRange range) {
    long stored = matching(scope, query, range).size();
    return new EventCount(stored, stored);
  }

  @Override
  public Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    return events.get().stream()
        .filter(event -> scope.covers(event.project()) && event.id().equals(id))
        .map(FakeIndex::stored)
        .findFirst();
  }

  @Override
  public Histogram histogram(ProjectScope scope, Query query, TimeRange range, Duration bucket) {
    throw new UnsupportedOperationException("no door asks");
  }

  @Override
  public Map<String, List<FacetValue>> facets(
      ProjectScope scope, Query query, TimeRange range, List<String> fields, int top) {
    throw new UnsupportedOperationException("no door asks");
  }

  @Override
  public void scan(LocalDate day, Consumer<StoredEvent> consumer) {
    throw new UnsupportedOperationException("no door asks");
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
    throw new UnsupportedOperationException("no door asks");
  }

  @Override
  public String group() {
    return "index";
  }

  @Override
  public Positions committed() {
    return Positions.START;
  }

  @Override
  public void apply(List<Delivery> batch) {}

  @Override
  public Positions flush() {
    return Positions.START;
  }

  @Override
  public void start() {}

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
}
