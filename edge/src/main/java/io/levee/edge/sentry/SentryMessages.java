package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.event.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was logged ("Message Interface"): {@code logentry} or {@code message}, each a text or
 * {@code {formatted, message, params}}. Pure.
 */
final class SentryMessages {
  private SentryMessages() {}

  /**
   * The text as it was logged; null when there is none.
   *
   * @param extra takes template and parameters as {@code logentry}
   */
  static @Nullable String text(JsonFields fields, Extra extra) {
    Json logentry = fields.take("logentry");
    Json message = fields.take("message");
    String first = text(logentry, "logentry", fields, extra);
    String second = text(message, "message", fields, extra);
    if (first != null && second != null && !first.equals(second)) {
      extra.keep("message", Json.text(second));
    }
    return first == null ? second : first;
  }

  private static @Nullable String text(
      @Nullable Json value, String key, JsonFields fields, Extra extra) {
    return switch (value) {
      case null -> null;
      case Json.Obj object -> ofObject(object, extra);
      case Json.Arr ignored -> {
        fields.dropped(key, value, "text or an object");
        yield null;
      }
      case Json.Text text -> text.value().isEmpty() ? null : text.value();
      case Json.Num ignored -> value.scalarText();
      case Json.Bool ignored -> value.scalarText();
      case Json.Null ignored -> null;
    };
  }

  private static @Nullable String ofObject(Json.Obj object, Extra extra) {
    String formatted = object.text("formatted");
    String template = object.text("message");
    Map<String, Json> rest = new LinkedHashMap<>(object.fields());
    rest.remove("formatted");
    rest.values().removeIf(Json.Null.class::isInstance);
    String text = formatted;
    if (formatted == null && template != null) {
      text = MessageTemplate.fill(template, object.array("params"));
    }
    if (rest.size() == 1 && template != null && template.equals(text)) {
      return text;
    }
    extra.keep("logentry", Json.object(rest));
    return text;
  }
}
