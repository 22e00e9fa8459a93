package io.levee.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of its canonical JSON; the mirror of {@link CanonicalParts}. Unknown fields are
 * ignored: a newer Levee wrote them.
 */
final class CanonicalReader {
  private CanonicalReader() {}

  static Event event(Json.Obj json) {
    EventId id = EventId.parse(required(json, "id"));
    ProjectId project = ProjectId.parse(required(json, "project"));
    Kind kind = Kind.parse(required(json, "kind"));
    Level level = Level.parse(required(json, "level"));
    if (id == null || project == null || kind == null || level == null) {
      throw new IllegalArgumentException("event: id, project, kind or level unreadable");
    }
    return Event.builder(id, project)
        .kind(kind)
        .level(level)
        .time(CanonicalTime.parse(required(json, "time")))
        .received(CanonicalTime.parse(required(json, "received")))
        .title(required(json, "title"))
        .message(json.text("message"))
        .logger(json.text("logger"))
        .platform(json.text("platform"))
        .host(json.text("host"))
        .environment(json.text("environment"))
        .release(json.text("release"))
        .culprit(json.text("culprit"))
        .durationMillis(
            json.get("duration_ms") instanceof Json.Num number ? (Double) number.asDouble() : null)
        .request(json.get("request") instanceof Json.Obj request ? request(request) : Request.EMPTY)
        .user(json.get("user") instanceof Json.Obj user ? user(user) : User.EMPTY)
        .traceId(json.text("trace_id"))
        .tags(tags(json.object("tags")))
        .exceptions(objects(json, "exceptions", CanonicalReader::exception))
        .breadcrumbs(objects(json, "breadcrumbs", CanonicalReader::breadcrumb))
        .contexts(json.object("contexts"))
        .extra(json.object("extra"))
        .clientFingerprint(strings(json, "client_fingerprint"))
        .fingerprint(fingerprint(json.object("fingerprint")))
        .variants(variants(json.object("fingerprint")))
        .weight(json.get("weight") instanceof Json.Num weight ? (int) weight.asDouble() : 1)
        .marks(objects(json, "marks", CanonicalReader::mark))
        .build();
  }

  private static Request request(Json.Obj json) {
    return new Request(
        json.text("method"),
        json.text("url"),
        integer(json, "status"),
        pairs(json, "headers"),
        pairs(json, "cookies"),
        pairs(json, "query"),
        pairs(json, "form"),
        pairs(json, "env"),
        json.get("body"));
  }

  private static User user(Json.Obj json) {
    return new User(
        json.text("id"),
        json.text("name"),
        json.text("email"),
        json.text("ip"),
        json.object("data"));
  }

  private static ExceptionInfo exception(Json.Obj json) {
    return new ExceptionInfo(
        json.text("type"),
        json.text("value"),
        json.text("module"),
        bool(json, "handled"),
        json.object("mechanism"),
        frames(json),
        json.object("other"));
  }

  /** Of an array that was read before, the list that was made of it then. */
  @SuppressWarnings("unchecked") // Nobody else notes under our name.
  private static List<Frame> frames(Json.Obj json) {
    List<Json> items = json.array("frames");
    if (SharedList.noted(items, CanonicalReader.class) instanceof List<?> known) {
      return (List<Frame>) known;
    }
    List<Frame> frames = objects(json, "frames", CanonicalReader::frame);
    if (!SharedList.is(items)) {
      return frames;
    }
    List<Frame> shared = SharedList.of(frames);
    SharedList.note(items, CanonicalReader.class, shared);
    return shared;
  }

  private static Frame frame(Json.Obj json) {
    return new Frame(
        json.text("function"),
        json.text("module"),
        json.text("file"),
        json.text("path"),
        integer(json, "line"),
        integer(json, "column"),
        bool(json, "in_app"),
        json.text("context"),
        strings(json, "pre"),
        strings(json, "post"),
        json.object("vars"),
        json.object("other"));
  }

  private static Breadcrumb breadcrumb(Json.Obj json) {
    String time = json.text("time");
    String level = json.text("level");
    return new Breadcrumb(
        time == null ? null : CanonicalTime.parse(time),
        json.text("type"),
        json.text("category"),
        level == null ? null : Level.parse(level),
        json.text("message"),
        json.object("data"));
  }

  private static Mark mark(Json.Obj json) {
    Mark.Change change = Mark.Change.parse(required(json, "change"));
    if (change == null) {
      throw new IllegalArgumentException("mark: change unknown");
    }
    return new Mark(required(json, "field"), change, json.text("detail"));
  }

  private static @Nullable Fingerprint fingerprint(Json.Obj json) {
    if (!(json.get("version") instanceof Json.Num version)) {
      return null;
    }
    return Fingerprint.parse((int) version.asDouble(), required(json, "value"));
  }

  private static List<Fingerprint> variants(Json.Obj json) {
    List<Fingerprint> variants = new ArrayList<>();
    for (String text : strings(json, "also")) {
      Fingerprint variant = Fingerprint.parse(text);
      if (variant != null && variants.size() < Event.VARIANTS_MAX) {
        variants.add(variant);
      }
    }
    return variants;
  }

  private static Map<String, String> tags(Json.Obj json) {
    Map<String, String> tags = new LinkedHashMap<>();
    json.fields()
        .forEach((key, value) -> {
          String text = value.scalarText();
          if (text != null) {
            tags.put(key, text);
          }
        });
    return tags;
  }

  private static List<Pair> pairs(Json.Obj json, String name) {
    List<Pair> pairs = new ArrayList<>();
    for (Json item : json.array(name)) {
      if (item instanceof Json.Arr(List<Json> both)
          && both.size() == 2
          && both.get(0) instanceof Json.Text(String key)
          && both.get(1) instanceof Json.Text(String value)) {
        pairs.add(new Pair(key, value));
      }
    }
    return pairs;
  }

  private static List<String> strings(Json.Obj json, String name) {
    List<String> strings = new ArrayList<>();
    for (Json item : json.array(name)) {
      if (item instanceof Json.Text(String value)) {
        strings.add(value);
      }
    }
    return strings;
  }

  private static <T> List<T> objects(Json.Obj json, String name, Function<Json.Obj, T> one) {
    List<T> all = new ArrayList<>();
    for (Json item : json.array(name)) {
      if (item instanceof Json.Obj object) {
        all.add(one.apply(object));
      }
    }
    return all;
  }

  private static @Nullable Integer integer(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Num number ? (Integer) (int) number.asDouble() : null;
  }

  private static @Nullable Boolean bool(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Bool(boolean value) ? (Boolean) value : null;
  }

  private static String required(Json.Obj json, String name) {
    String value = json.text(name);
    if (value == null) {
      throw new IllegalArgumentException("event: no " + name);
    }
    return value;
  }
}
