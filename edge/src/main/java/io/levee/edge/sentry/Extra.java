package io.levee.edge.sentry;

import io.levee.event.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event says beyond the model: the application's own {@code extra}, and beside it what the
 * protocol sends, under the protocol's names. Where both use a name the protocol's gets the prefix
 * {@code sentry.}. Used by one thread.
 */
final class Extra {
  private final Map<String, Json> fields;

  Extra(Json.Obj own) {
    this.fields = new LinkedHashMap<>(own.fields());
  }

  /** Keeps what the protocol sent; nothing when it is an empty object. */
  void keep(String name, Json value) {
    if (value instanceof Json.Obj object && object.isEmpty()) {
      return;
    }
    String free = name;
    while (fields.containsKey(free)) {
      free = "sentry." + free;
    }
    fields.put(free, value);
  }

  Json.Obj json() {
    return fields.isEmpty() ? Json.Obj.EMPTY : Json.object(fields);
  }
}
