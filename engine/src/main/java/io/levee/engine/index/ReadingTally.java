package io.levee.engine.index;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.engine.query.Fields;
import io.levee.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts by reading every event, for indexes that have no better way. */
final class ReadingTally implements FieldVisitor {
  private final TallyRequest request;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<List<@Nullable String>, long[]> counts = new LinkedHashMap<>();
  private @Nullable String[] values;
  private long stored;

  private ReadingTally(TallyRequest request) {
    this.request = request;
    this.values = new String[request.fields().size()];
    for (int i = 0; i < request.fields().size(); i++) {
      places.put(Fields.canonical(request.fields().get(i)), i);
    }
  }

  static Optional<Tally> of(EventIndex index, TallyRequest request) {
    for (String name : request.fields()) {
      Fields.Field field = Fields.find(name);
      if (field == null ? !name.startsWith("tags.") : !field.faceted()) {
        return Optional.empty();
      }
    }
    ReadingTally tally = new ReadingTally(request);
    boolean all =
        index.read(
            new EventReading(request.scope(), request.query(), request.range(), false),
            stored -> tally.add(stored.event()));
    return all ? Optional.of(tally.result()) : Optional.empty();
  }

  private boolean add(Event event) {
    values = new String[values.length];
    EventFields.visit(event, this);
    List<@Nullable String> key = new ArrayList<>(Arrays.asList(values));
    key.add(Integer.toString(stretch(event.time())));
    counts.computeIfAbsent(key, ignored -> new long[1])[0] += event.weight();
    stored++;
    return counts.size() <= request.groupsMax();
  }

  private int stretch(Instant time) {
    if (request.starts().isEmpty()) {
      return -1;
    }
    int found = Collections.binarySearch(request.starts(), time);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }

  private Tally result() {
    List<Tally.Group> groups = new ArrayList<>();
    counts.forEach((key, count) -> {
      String stretch = key.getLast();
      groups.add(
          new Tally.Group(
              stretch == null ? -1 : Integer.parseInt(stretch),
              key.subList(0, key.size() - 1).toArray(String[]::new),
              count[0]));
    });
    return Tally.ofAll(groups, stored, 0);
  }

  @Override
  public void exact(String field, String value) {
    Integer place = places.get(field);
    if (place != null && values[place] == null) {
      values[place] = value;
    }
  }

  @Override
  public void leaf(String path, String value) {
    exact(path, value);
  }

  @Override
  public void text(String field, String value) {}

  @Override
  public void number(String field, double value) {}

  @Override
  public void words(String value) {}
}
