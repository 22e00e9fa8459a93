package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Scope;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.Value;
import io.levee.event.Event;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What flows through the stages: fields in order, over an event or by themselves. Belongs to one
 * thread, and to one stage at a time.
 */
public final class Row implements Scope {
  /** The field that holds a row's time, in seconds since the epoch. */
  public static final String TIME = "_time";

  private final Setting setting;
  private final Map<String, Value> fields = new LinkedHashMap<>();
  private final long weight;
  private @Nullable RowSource source;

  /** The source, even when the row's fields are its own by now. */
  private final @Nullable RowSource origin;

  private Row(
      Setting setting, @Nullable RowSource source, @Nullable RowSource origin, long weight) {
    this.setting = setting;
    this.source = source;
    this.origin = origin;
    this.weight = weight;
  }

  /**
   * A row over a source.
   *
   * @param weight how many equal events it stands for
   */
  public static Row over(RowSource source, long weight, Setting setting) {
    return new Row(setting, source, source, weight);
  }

  /** An empty row that stands for itself. */
  public static Row fresh(Setting setting) {
    return new Row(setting, null, null, 1);
  }

  @Override
  public Value get(String field) {
    Value value = fields.get(field);
    if (value != null) {
      return value;
    }
    return source == null ? Value.nothing() : source.get(field);
  }

  @Override
  public Setting setting() {
    return setting;
  }

  /** Sets a field; nothing takes it away. */
  public Row put(String field, Value value) {
    if (value.isNothing() && source == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }
    return this;
  }

  /** How many equal events it stands for. */
  public long weight() {
    return weight;
  }

  /** Seconds since the epoch; NaN when it has none. */
  public double seconds() {
    return get(TIME).asNumber();
  }

  /** The event that it comes from; null when it was computed. */
  public @Nullable Event event() {
    return origin == null ? null : origin.event();
  }

  /** Whether its fields are an event's, with changes, rather than a table's. */
  public boolean isEvent() {
    return source != null && source.isEvent();
  }

  /** The names of the fields that are there. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    if (source != null) {
      names.addAll(source.names());
    }
    fields.forEach((name, value) -> {
      if (value.isNothing()) {
        names.remove(name);
      } else {
        names.add(name);
      }
    });
    return names;
  }

  /** The fields that were set on it, without those of its source. */
  public Set<String> assigned() {
    Set<String> names = new LinkedHashSet<>();
    fields.forEach((name, value) -> {
      if (!value.isNothing()) {
        names.add(name);
      }
    });
    return names;
  }

  /** Leaves these fields, in this order, and no other. */
  public Row only(Iterable<String> names) {
    Map<String, Value> kept = new LinkedHashMap<>();
    for (String name : names) {
      Value value = get(name);
      if (!value.isNothing()) {
        kept.put(name, value);
      }
    }
    fields.clear();
    fields.putAll(kept);
    source = null;
    return this;
  }

  /** Another row with the same fields. */
  public Row copy() {
    Row copy = new Row(setting, source, origin, weight);
    copy.fields.putAll(fields);
    return copy;
  }
}
