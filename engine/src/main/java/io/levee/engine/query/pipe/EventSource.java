package io.levee.engine.query.pipe;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.engine.query.Fields;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.eval.Value;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event's fields, by the names of {@link Fields} and their aliases, those that Splunk has on
 * every event, and the keys of tags, extra and contexts. Used by one thread.
 */
public final class EventSource implements RowSource {
  private static final int FRAMES_MAX = 100;
  private static final List<String> SHOWN =
      List.of(
          "_time",
          "level",
          "kind",
          "host",
          "environment",
          "release",
          "logger",
          "title",
          "message",
          "type",
          "value",
          "culprit",
          "platform",
          "user",
          "method",
          "url",
          "status",
          "duration",
          "trace_id",
          "fingerprint",
          "weight",
          "id",
          "project");

  private final Event event;
  private final Setting setting;
  private @Nullable Map<String, List<Value>> leaves;

  public EventSource(Event event, Setting setting) {
    this.event = event;
    this.setting = setting;
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public Value get(String field) {
    Value known = known(field);
    if (known != null) {
      return known;
    }
    if (field.startsWith("date_")) {
      return TimeParts.part(field, event.time(), setting.zone());
    }
    String canonical = Fields.canonical(field);
    if (!canonical.equals(field)) {
      Value alias = known(canonical);
      return alias == null ? leaf(canonical) : alias;
    }
    return leaf(field);
  }

  private @Nullable Value known(String field) {
    return switch (field) {
      case "_time", "time" -> seconds(event.time());
      case "_indextime", "received" -> seconds(event.received());
      case "level" -> Value.text(event.level().wireName());
      case "kind" -> Value.text(event.kind().wireName());
      case "title" -> Value.text(event.title());
      case "message", "_raw" -> text(event.message() == null ? event.title() : event.message());
      case "logger" -> text(event.logger());
      case "platform" -> text(event.platform());
      case "host" -> text(event.host());
      case "environment" -> text(event.environment());
      case "release" -> text(event.release());
      case "culprit" -> text(event.culprit());
      case "trace_id" -> text(event.traceId());
      case "id" -> Value.text(event.id().toString());
      case "project" -> Value.text(event.project().toString());
      case "duration" -> number(event.durationMillis());
      case "weight" -> Value.number(event.weight());
      default -> circumstances(field);
    };
  }

  private @Nullable Value circumstances(String field) {
    return switch (field) {
      case "fingerprint" ->
          event.fingerprint() == null ? Value.nothing() : Value.text(event.fingerprint().value());
      case "method" -> text(event.request().method());
      case "url" -> text(event.request().url());
      case "status" -> number(event.request().status());
      case "user" -> text(event.user().key());
      case "user.id" -> text(event.user().id());
      case "user.email" -> text(event.user().email());
      case "user.name" -> text(event.user().name());
      case "user.ip" -> text(event.user().ip());
      case "type" -> first(ExceptionInfo::type);
      case "value" -> first(ExceptionInfo::value);
      case "handled" -> first(e -> e.handled() == null ? null : Boolean.toString(e.handled()));
      case "function" -> frames(Frame::function);
      case "module" -> frames(Frame::module);
      case "file" -> frames(Frame::file);
      case "_json" -> Value.text(new String(CanonicalJson.write(event), StandardCharsets.UTF_8));
      case "linecount" -> Value.number((double) get("_raw").asText().lines().count());
      case "punct" -> Value.text(punctuation(get("_raw").asText()));
      default -> null;
    };
  }

  private static Value seconds(Instant time) {
    return Value.number(time.getEpochSecond() + time.getNano() / 1e9);
  }

  private static Value text(@Nullable String value) {
    return value == null ? Value.nothing() : Value.text(value);
  }

  private static Value number(@Nullable Number value) {
    return value == null ? Value.nothing() : Value.number(value.doubleValue());
  }

  private Value first(Function<ExceptionInfo, @Nullable String> part) {
    for (ExceptionInfo exception : event.exceptions()) {
      String value = part.apply(exception);
      if (value != null) {
        return Value.text(value);
      }
    }
    return Value.nothing();
  }

  private Value frames(Function<Frame, @Nullable String> part) {
    Set<Value> values = new LinkedHashSet<>();
    for (ExceptionInfo exception : event.exceptions()) {
      for (Frame frame : exception.frames()) {
        String value = part.apply(frame);
        if (value != null && values.size() < FRAMES_MAX) {
          values.add(Value.text(value));
        }
      }
    }
    return Value.many(List.copyOf(values));
  }

  /** The shape of a line: its first signs, blanks as underscores, without letters and digits. */
  private static String punctuation(String raw) {
    StringBuilder signs = new StringBuilder();
    for (int i = 0; i < raw.length() && signs.length() < 30; i++) {
      char c = raw.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        signs.append(Character.isWhitespace(c) ? '_' : c);
      }
    }
    return signs.toString();
  }

  private Value leaf(String name) {
    if (name.startsWith("tags.")) {
      Value tag = text(event.tags().get(name.substring("tags.".length())));
      if (!tag.isNothing()) {
        return tag;
      }
    }
    List<Value> values = new ArrayList<>();
    for (String path : Fields.paths(name)) {
      values.addAll(leaves().getOrDefault(path, List.of()));
    }
    return Value.many(values);
  }

  private Map<String, List<Value>> leaves() {
    Map<String, List<Value>> found = leaves;
    if (found == null) {
      found = new HashMap<>();
      EventFields.visit(event, new Leaves(found));
      leaves = found;
    }
    return found;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : SHOWN) {
      if (!get(name).isNothing()) {
        names.add(name);
      }
    }
    names.addAll(new LinkedHashMap<>(leaves()).keySet());
    return names;
  }

  /** Takes the leaves of tags, extra and contexts, and passes over the rest. */
  private record Leaves(Map<String, List<Value>> into) implements FieldVisitor {
    @Override
    public void exact(String field, String value) {}

    @Override
    public void text(String field, String value) {}

    @Override
    public void number(String field, double value) {}

    @Override
    public void leaf(String path, String value) {
      into.computeIfAbsent(path, ignored -> new ArrayList<>()).add(Value.text(value));
    }

    @Override
    public void words(String value) {}

    @Override
    public void frames(List<Frame> frames) {}
  }
}
