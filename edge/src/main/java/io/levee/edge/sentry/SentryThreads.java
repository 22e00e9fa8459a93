package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stack of an event without exceptions among its threads ("Threads Interface"): that of
 * the crashed one, else of the current one, else of the only one. Pure.
 */
final class SentryThreads {
  private SentryThreads() {}

  /**
   * The stack as a synthetic exception; none when no thread has one.
   *
   * @param extra takes all that is said about the threads but that stack
   */
  static List<ExceptionInfo> crashed(Json threads, Extra extra, Marks marks) {
    List<Json> values = threads instanceof Json.Obj object ? object.array("values") : List.of();
    Json.Obj chosen = choose(values);
    if (chosen == null) {
      extra.keep("threads", threads);
      return List.of();
    }
    List<Json> others = new ArrayList<>();
    for (Json value : values) {
      others.add(value.equals(chosen) ? withoutStack(chosen) : value);
    }
    extra.keep("threads", ((Json.Obj) threads).with("values", Json.array(others)));
    JsonFields carrier =
        new JsonFields(Json.object("stacktrace", chosen.object("stacktrace")), "threads", marks);
    return List.of(SentryExceptions.synthetic(carrier, marks));
  }

  private static Json.@Nullable Obj choose(List<Json> values) {
    Json.Obj current = null;
    Json.Obj only = null;
    for (Json value : values) {
      if (!(value instanceof Json.Obj thread) || thread.object("stacktrace").isEmpty()) {
        continue;
      }
      if ("true".equals(thread.text("crashed"))) {
        return thread;
      }
      if (current == null && "true".equals(thread.text("current"))) {
        current = thread;
      }
      only = thread;
    }
    return current == null && values.size() == 1 ? only : current;
  }

  private static Json.Obj withoutStack(Json.Obj thread) {
    Map<String, Json> rest = new LinkedHashMap<>(thread.fields());
    rest.remove("stacktrace");
    return Json.object(rest);
  }
}
