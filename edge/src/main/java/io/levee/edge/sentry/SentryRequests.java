package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.Json;
import io.levee.event.JsonText;
import io.levee.event.Pair;
import io.levee.event.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HTTP request ("Request Interface"). Headers, cookies and query come as a map, as a list
 * of pairs or as one string; we keep pairs. Pure.
 */
final class SentryRequests {
  private SentryRequests() {}

  /**
   * @param extra takes what we do not model
   */
  static Request of(Json.Obj object, @Nullable Integer status, Extra extra, Marks marks) {
    if (object.isEmpty()) {
      return status == null ? Request.EMPTY : Request.of(null, null, status);
    }
    JsonFields fields = new JsonFields(object, "request", marks);
    Request request =
        new Request(
            fields.text("method"),
            fields.text("url"),
            status,
            pairs(fields, "headers"),
            pairs(fields, "cookies"),
            pairs(fields, "query_string"),
            List.of(),
            pairs(fields, "env"),
            fields.take("data"));
    extra.keep("request", fields.rest());
    return request;
  }

  private static List<Pair> pairs(JsonFields fields, String key) {
    Json value = fields.take(key);
    return switch (value) {
      case null -> List.of();
      case Json.Obj map -> ofMap(map);
      case Json.Arr list -> ofList(list, key, fields);
      case Json.Text text when key.equals("cookies") -> ofCookies(text.value());
      case Json.Text text when key.equals("query_string") -> ofQuery(text.value());
      case Json.Text text when key.equals("headers") -> ofLines(text.value());
      default -> {
        fields.dropped(key, value, "a map or a list of pairs");
        yield List.of();
      }
    };
  }

  private static List<Pair> ofMap(Json.Obj map) {
    List<Pair> pairs = new ArrayList<>(map.fields().size());
    map.fields()
        .forEach((name, value) -> {
          if (value instanceof Json.Arr several) {
            several.items().forEach(one -> pairs.add(new Pair(name, valueText(one))));
          } else {
            pairs.add(new Pair(name, valueText(value)));
          }
        });
    return pairs;
  }

  private static List<Pair> ofList(Json.Arr list, String key, JsonFields fields) {
    List<Pair> pairs = new ArrayList<>(list.items().size());
    for (Json item : list.items()) {
      if (item instanceof Json.Arr(List<Json> two) && two.size() == 2) {
        pairs.add(new Pair(valueText(two.getFirst()), valueText(two.getLast())));
      } else {
        fields.dropped(key, item, "a pair");
      }
    }
    return pairs;
  }

  private static List<Pair> ofCookies(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String part : text.split(";")) {
      if (!part.isBlank()) {
        pairs.add(pair(part.strip(), '='));
      }
    }
    return pairs;
  }

  private static List<Pair> ofQuery(String text) {
    List<Pair> pairs = new ArrayList<>();
    String bare = text.startsWith("?") ? text.substring(1) : text;
    for (String part : bare.split("&")) {
      if (!part.isEmpty()) {
        Pair raw = pair(part, '=');
        pairs.add(new Pair(decoded(raw.key()), decoded(raw.value())));
      }
    }
    return pairs;
  }

  private static List<Pair> ofLines(String text) {
    return text.lines().filter(line -> !line.isBlank()).map(line -> pair(line, ':')).toList();
  }

  private static Pair pair(String part, char between) {
    int at = part.indexOf(between);
    return at < 0
        ? new Pair(part, "")
        : new Pair(part.substring(0, at).strip(), part.substring(at + 1).strip());
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A stray percent sign: then it means itself.
    }
  }

  private static String valueText(Json value) {
    if (value instanceof Json.Null) {
      return "";
    }
    String text = value.scalarText();
    return text == null ? JsonText.write(value) : text;
  }
}
