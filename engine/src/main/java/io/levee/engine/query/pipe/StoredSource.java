package io.levee.engine.query.pipe;

import io.levee.engine.query.Fields;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.Value;
import io.levee.event.Event;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event's fields, as {@link EventSource} has them. What stands at the head of its JSON (time,
 * level, title, host …) is read from there; the whole event only when more is asked for. Most
 * questions that read a million events look at nothing else. Used by one thread.
 */
public final class StoredSource implements RowSource {
  private final StoredHead head;
  private final Supplier<Event> reading;
  private final Setting setting;
  private @Nullable EventSource whole;

  /**
   * An event that was stored.
   *
   * @param json canonical
   * @param reading reads all of it
   */
  public StoredSource(byte[] json, Supplier<Event> reading, Setting setting) {
    this.head = new StoredHead(json);
    this.reading = reading;
    this.setting = setting;
  }

  /** How many equal events it stands for. */
  public long weight() {
    long weight = head.weight();
    return weight > 0 ? weight : event().weight();
  }

  @Override
  public Value get(String field) {
    Value known = known(field);
    if (known != null) {
      return known;
    }
    if (field.startsWith("date_")) {
      String time = head.text("time");
      return time == null
          ? whole().get(field)
          : TimeParts.part(field, Instant.parse(time), setting.zone());
    }
    String canonical = Fields.canonical(field);
    Value alias = canonical.equals(field) ? null : known(canonical);
    return alias == null ? whole().get(field) : alias;
  }

  /** A field that stands at the head; null when the whole event has to be read for it. */
  private @Nullable Value known(String field) {
    return switch (field) {
      case "_time", "time" -> time(head.text("time"));
      case "_indextime", "received" -> time(head.text("received"));
      case "level", "kind", "title", "id", "project" -> must(head.text(field));
      case "logger", "platform", "host", "environment", "release", "culprit" -> may(field);
      case "message", "_raw" ->
          head.isRead("message")
              ? must(head.text(head.has("message") ? "message" : "title"))
              : null;
      case "duration" -> {
        String number = head.text("duration_ms");
        yield number != null
            ? Value.number(Double.parseDouble(number))
            : head.isRead("duration_ms") ? Value.nothing() : null;
      }
      default -> null;
    };
  }

  private static @Nullable Value time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant time = Instant.parse(text);
    return Value.number(time.getEpochSecond() + time.getNano() / 1e9);
  }

  private static @Nullable Value must(@Nullable String text) {
    return text == null ? null : Value.text(text);
  }

  private @Nullable Value may(String field) {
    String text = head.text(field);
    return text != null ? Value.text(text) : head.isRead(field) ? Value.nothing() : null;
  }

  private EventSource whole() {
    EventSource read = whole;
    if (read == null) {
      read = new EventSource(reading.get(), setting);
      whole = read;
    }
    return read;
  }

  @Override
  public Set<String> names() {
    return whole().names();
  }

  @Override
  public boolean isEvent() {
    return true;
  }

  @Override
  public Event event() {
    return whole().event();
  }
}
