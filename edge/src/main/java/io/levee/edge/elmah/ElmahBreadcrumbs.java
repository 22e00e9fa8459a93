package io.levee.edge.elmah;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.edge.decode.Timestamps;
import io.levee.event.Breadcrumb;
import io.levee.event.Json;
import io.levee.event.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Breadcrumbs both ways: {@code {dateTime, severity, action, message}}. Pure. */
final class ElmahBreadcrumbs {
  private ElmahBreadcrumbs() {}

  static List<Breadcrumb> read(@Nullable Json list, Marks marks) {
    if (!(list instanceof Json.Arr array)) {
      return List.of();
    }
    List<Breadcrumb> breadcrumbs = new ArrayList<>(array.items().size());
    for (Json item : array.items()) {
      if (item instanceof Json.Obj object) {
        breadcrumbs.add(breadcrumb(new JsonFields(object, "breadcrumbs", marks)));
      }
    }
    return breadcrumbs;
  }

  private static Breadcrumb breadcrumb(JsonFields fields) {
    String severity = fields.text("severity");
    return new Breadcrumb(
        Timestamps.parse(fields.take("dateTime")),
        null,
        fields.text("action"),
        severity == null ? null : Level.parse(severity),
        fields.text("message"),
        fields.rest());
  }

  static Json write(List<Breadcrumb> breadcrumbs) {
    List<Json> items = new ArrayList<>(breadcrumbs.size());
    for (Breadcrumb breadcrumb : breadcrumbs) {
      Map<String, Json> item = new LinkedHashMap<>();
      String action = breadcrumb.category() == null ? breadcrumb.type() : breadcrumb.category();
      Level level = breadcrumb.level();
      put(item, "dateTime", breadcrumb.time() == null ? null : breadcrumb.time().toString());
      put(item, "severity", level == null ? null : ElmahSeverity.of(level));
      put(item, "action", action);
      put(item, "message", breadcrumb.message());
      breadcrumb.data().fields().forEach(item::putIfAbsent);
      items.add(Json.object(item));
    }
    return Json.array(items);
  }

  private static void put(Map<String, Json> item, String name, @Nullable String value) {
    if (value != null) {
      item.put(name, Json.text(value));
    }
  }
}
