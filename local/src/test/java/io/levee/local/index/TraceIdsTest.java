package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.EventFacts;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.testkit.Deliveries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can be asked of ids of traces and spans finds what {@link QueryMatcher} finds: in
 * slices of before they stood once, of today, and in one that has segments of both.
 */
final class TraceIdsTest {
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
  private static final ProjectScope SCOPE = ProjectScope.of(OlderSlices.PROJECT);
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{16,36}|one-2|trace-17");
  private static final List<String> FIELDS =
      List.of(
          "trace_id",
          "trace",
          "contexts.trace.trace_id",
          "trace.trace_id",
          "extra.trace.trace_id",
          "contexts.trace.span_id",
          "trace.span_id",
          "contexts.trace.parent_span_id");

  @TempDir Path directory;

  @Test
  void findsWhatTheMatcherFindsInOldAndNewSlices() throws IOException {
    OlderSlices.unpack(directory);
    LuceneEventIndex index =
        new LuceneEventIndex(directory, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    index.apply(Deliveries.from(40, OlderSlices.events(2, 20, 0)));
    index.apply(Deliveries.from(60, OlderSlices.events(3, 20, 1)));
    index.flush();
    List<Event> events = new ArrayList<>();
    index.days().forEach(day -> index.scan(day, stored -> events.add(stored.event())));
    assertThat(events).hasSize(80);
    List<EventFacts> facts = events.stream().map(EventFacts::of).toList();

    int asked = 0;
    int answered = 0;
    for (Query query : queries(events)) {
      QueryMatcher matcher = new QueryMatcher(query);
      Set<EventId> expected = new TreeSet<>();
      for (int i = 0; i < events.size(); i++) {
        if (matcher.matches(facts.get(i))) {
          expected.add(events.get(i).id());
        }
      }

      assertThat(found(index, query)).as("%s", query).isEqualTo(expected);

      asked++;
      answered += expected.isEmpty() ? 0 : 1;
    }
    assertThat(answered).isGreaterThan(asked / 4);
    index.close();
  }

  private static Set<EventId> found(LuceneEventIndex index, Query query) {
    Set<EventId> found = new TreeSet<>();
    for (StoredEvent event :
        index.search(SearchRequest.newest(SCOPE, query, RANGE, 500)).events()) {
      found.add(event.event().id());
    }
    return found;
  }

  private static List<Query> queries(List<Event> events) {
    List<Query> queries = new ArrayList<>();
    for (String id : ids(events)) {
      String other = id.substring(0, 2) + "7f" + id.substring(4);
      for (String field : FIELDS) {
        queries.add(new Query.Term(field, id));
      }
      for (int i = 0; i < 2; i++) {
        String field = FIELDS.get((queries.size() + i) % FIELDS.size());
        keyed(field, id, queries);
        queries.add(new Query.Range(field, id, true, other, true));
      }
      keyed(null, id, queries);
      keyed(null, id.toUpperCase(Locale.ROOT), queries);
      queries.add(new Query.Phrase(null, id + ","));
      queries.add(new Query.Phrase(null, "saw " + id));
      queries.add(new Query.Not(new Query.Term(null, id)));
    }
    for (String field : FIELDS) {
      queries.add(new Query.Exists(field));
      queries.add(new Query.Term(field, ""));
      queries.add(new Query.Range(field, "8", true, null, false));
      queries.add(new Query.Range(field, null, false, "8", false));
      queries.add(new Query.Wildcard(field, "*"));
      queries.add(new Query.Wildcard(field, "m*"));
      queries.add(new Query.Regex(field, "[0-7].*"));
    }
    for (String pattern :
        List.of("*", "?", "a*", "*f", "0?*", "e*e*e*", "checko*", "????????????????")) {
      queries.add(new Query.Wildcard(null, pattern));
    }
    return queries;
  }

  private static void keyed(@Nullable String field, String id, List<Query> queries) {
    queries.add(new Query.Term(field, id));
    queries.add(new Query.Wildcard(field, id.substring(0, 3) + "*"));
    queries.add(new Query.Wildcard(field, id.substring(0, id.length() - 1) + "?"));
    queries.add(new Query.Wildcard(field, "*" + id.substring(id.length() - 4)));
    queries.add(new Query.Regex(field, id.substring(0, 4) + "[0-9a-f-]+"));
  }

  /** All that looks like one of an event of each kind. */
  private static Set<String> ids(List<Event> events) {
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < events.size(); i += 11) {
      var matcher = ID.matcher(events.get(i).contexts() + " " + events.get(i).traceId());
      for (int found = 0; found < 2 && matcher.find(); found++) {
        ids.add(matcher.group());
      }
    }
    return ids;
  }
}
