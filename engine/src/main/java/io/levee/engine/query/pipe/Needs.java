package io.levee.engine.query.pipe;

import io.levee.engine.query.Fields;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the first stages need to know of events, gathered stage by stage, so that an index can count
 * instead of handing every event out. Used by one thread.
 */
public final class Needs {
  /** What every event has beside the fields of the catalogue. */
  private static final Set<String> COMPUTED =
      Set.of("_raw", "_json", "_indextime", "punct", "linecount");

  private final Set<String> fields = new LinkedHashSet<>();
  private final Set<Span> spans = new LinkedHashSet<>();
  private final Set<String> assigned = new HashSet<>();
  private boolean everything;

  /** A stage reads a field. */
  void read(String field) {
    if (assigned.contains(field)) {
      return;
    }
    Span unit = TimeParts.unit(field);
    if (unit != null) {
      spans.add(unit);
    } else if (field.equals("*") || COMPUTED.contains(field) || !countable(field)) {
      everything = true; // The exact moment, and texts, are each event's own.
    } else {
      fields.add(field);
    }
  }

  /** Whether an index may be able to count by it: tags, and what the catalogue says. */
  private static boolean countable(String name) {
    Fields.Field field = Fields.find(Fields.canonical(name));
    return field == null || field.faceted();
  }

  void readAll(Iterable<String> names) {
    names.forEach(this::read);
  }

  /** A stage sets a field: what reads it later, reads no event's. */
  void assign(String field) {
    assigned.add(field);
  }

  /** A stage needs times as exactly as a span tells them apart. */
  void time(Span span) {
    if (!assigned.contains(Row.TIME)) {
      spans.add(span);
    }
  }

  /** A stage needs more than can be counted by. */
  void everything() {
    everything = true;
  }

  /** Whether counting can't answer. */
  public boolean isEverything() {
    return everything;
  }

  /** The fields of events that are read, as the question calls them. */
  public Set<String> fields() {
    return fields;
  }

  /** The steps of time that must be told apart. */
  public Set<Span> spans() {
    return spans;
  }
}
