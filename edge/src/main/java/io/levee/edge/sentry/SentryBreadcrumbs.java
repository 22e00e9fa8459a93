package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Timestamps;
import io.levee.event.Breadcrumb;
import io.levee.event.Json;
import io.levee.event.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads breadcrumbs ("Breadcrumbs Interface"): a plain list, or {@code {"values": [...]}}. Pure.
 */
final class SentryBreadcrumbs {
  private static final String PATH = "breadcrumbs";

  private SentryBreadcrumbs() {}

  static List<Breadcrumb> of(@Nullable Json field, Source source, Marks marks) {
    List<Breadcrumb> breadcrumbs = new ArrayList<>();
    for (Json item : items(field, marks)) {
      if (item instanceof Json.Obj object) {
        breadcrumbs.add(breadcrumb(new JsonFields(object, PATH, marks), source));
      } else if (!(item instanceof Json.Null)) {
        marks.dropped(PATH, JsonFields.kind(item), "an object");
      }
    }
    return breadcrumbs;
  }

  private static List<Json> items(@Nullable Json field, Marks marks) {
    return switch (field) {
      case null -> List.of();
      case Json.Arr array -> array.items();
      case Json.Obj object -> object.array("values");
      default -> {
        marks.dropped(PATH, JsonFields.kind(field), "a list");
        yield List.of();
      }
    };
  }

  private static Breadcrumb breadcrumb(JsonFields fields, Source source) {
    Json timestamp = fields.take("timestamp");
    Instant time = Timestamps.parse(timestamp);
    if (time == null && timestamp != null) {
      fields.dropped("timestamp", timestamp, "seconds or RFC 3339");
    }
    return new Breadcrumb(
        time == null ? null : source.corrected(time),
        fields.text("type"),
        fields.text("category"),
        level(fields),
        fields.text("message"),
        data(fields));
  }

  private static @Nullable Level level(JsonFields fields) {
    Json sent = fields.take("level");
    String word = sent == null ? null : sent.scalarText();
    Level level = word == null ? null : Level.parse(word);
    if (level == null && sent != null) {
      fields.dropped("level", sent, "a level");
    }
    return level;
  }

  private static Json.Obj data(JsonFields fields) {
    Json own = fields.take("data");
    Json.Obj rest = fields.rest();
    if (own == null) {
      return rest;
    }
    if (own instanceof Json.Obj object && rest.isEmpty()) {
      return object;
    }
    return rest.with("data", own);
  }
}
