package io.levee.edge.elmah;

import io.levee.edge.decode.JsonFields;
import io.levee.event.Json;
import io.levee.event.JsonText;
import io.levee.event.Pair;
import io.levee.event.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the request that a message tells about; its lists hold {@code {key, value}}. Pure. */
final class ElmahRequests {
  private ElmahRequests() {}

  static Request of(JsonFields fields) {
    List<Pair> env = pairs(fields, "serverVariables");
    String method = fields.text("method");
    String url = fields.text("url");
    Integer status = status(fields);
    Request request =
        new Request(
            method == null ? variable(env, "REQUEST_METHOD") : method,
            url == null ? variable(env, "URL") : url,
            status,
            List.of(),
            pairs(fields, "cookies"),
            pairs(fields, "queryString"),
            pairs(fields, "form"),
            env,
            null);
    return request.isEmpty() ? Request.EMPTY : request;
  }

  private static @Nullable Integer status(JsonFields fields) {
    Integer status = fields.integer("statusCode");
    return status != null && status >= 100 && status <= 599 ? status : null;
  }

  private static @Nullable String variable(List<Pair> env, String name) {
    for (Pair pair : env) {
      if (pair.key().equalsIgnoreCase(name) && !pair.value().isEmpty()) {
        return pair.value();
      }
    }
    return null;
  }

  private static List<Pair> pairs(JsonFields fields, String key) {
    Json list = fields.take(key);
    if (!(list instanceof Json.Arr array)) {
      return List.of();
    }
    List<Pair> pairs = new ArrayList<>(array.items().size());
    for (Json item : array.items()) {
      String name = item instanceof Json.Obj object ? object.text("key") : null;
      if (name != null && item instanceof Json.Obj object) {
        pairs.add(new Pair(name, value(object.get("value"))));
      }
    }
    return pairs;
  }

  /** A value's text, whatever JSON it is. */
  static String value(@Nullable Json value) {
    if (value == null || value instanceof Json.Null) {
      return "";
    }
    String text = value.scalarText();
    return text == null ? JsonText.write(value) : text;
  }
}
