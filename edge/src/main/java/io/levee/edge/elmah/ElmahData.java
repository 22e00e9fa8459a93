package io.levee.edge.elmah;

import io.levee.event.Event;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message's {@code data} both ways. Items whose keys start with {@code X-ELMAHIO-SEARCH-} are
 * meant to be searched by and become tags; the others become fields of {@code extra}. Pure.
 */
final class ElmahData {
  private static final String SEARCH = "X-ELMAHIO-SEARCH-";

  private ElmahData() {}

  static void read(@Nullable Json list, Map<String, Json> extra, Map<String, String> tags) {
    if (!(list instanceof Json.Arr array)) {
      return;
    }
    for (Json item : array.items()) {
      String key = item instanceof Json.Obj object ? object.text("key") : null;
      Json value = item instanceof Json.Obj object ? object.get("value") : null;
      if (key == null || value == null || value instanceof Json.Null) {
        continue;
      }
      if (key.startsWith(SEARCH) && key.length() > SEARCH.length()) {
        tags.putIfAbsent(key.substring(SEARCH.length()), ElmahRequests.value(value));
      } else if (!key.equals(ElmahDecoder.KEPT)) {
        extra.putIfAbsent(key, value);
      }
    }
  }

  static List<Json> write(Event event) {
    List<Json> items = new ArrayList<>();
    event
        .extra()
        .fields()
        .forEach((key, value) -> {
          if (!key.equals(ElmahDecoder.KEPT) && !key.equals("titleTemplate")) {
            items.add(item(key, ElmahRequests.value(value)));
          }
        });
    event.tags().forEach((key, value) -> items.add(item(SEARCH + key, value)));
    return items;
  }

  /** What elmah.io calls an item; values are text there, whatever a client sent. */
  static Json item(String key, String value) {
    Map<String, Json> item = new LinkedHashMap<>();
    item.put("key", Json.text(key));
    item.put("value", Json.text(value));
    return Json.object(item);
  }
}
