package io.levee.bench;

import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;

/** Reads answers of both sides into lines. Pure. */
final class SearchAnswers {
  private SearchAnswers() {}

  /**
   * The rows of an answer of the pipe language.
   *
   * @param columns which of its columns, in this order
   */
  static List<String> rows(Json.Obj answer, String... columns) {
    List<Integer> places = new ArrayList<>();
    List<String> names =
        answer.array("columns").stream().map(column -> text(column, "name")).toList();
    for (String column : columns) {
      places.add(names.indexOf(column));
    }
    List<String> lines = new ArrayList<>(notWhole(answer));
    for (Json row : answer.array("rows")) {
      List<Json> cells = row instanceof Json.Arr(List<Json> items) ? items : List.of();
      lines.add(
          String.join(
              " ",
              places.stream()
                  .map(place -> place < 0 ? "no column" : cells.get(place).scalarText())
                  .toList()));
    }
    return lines;
  }

  /** What an answer says that it left out: such a line is never expected. */
  private static List<String> notWhole(Json.Obj answer) {
    List<String> lines = new ArrayList<>();
    answer.object("marks").array("partial").forEach(why -> lines.add("partial: " + why));
    if (answer.text("detail") != null) {
      lines.add("failed: " + answer.text("detail"));
    }
    return lines;
  }

  /** The ids of a page of events. */
  static List<String> ids(Json.Obj page) {
    return page.array("events").stream().map(event -> text(event, "id")).toList();
  }

  /** The ids of hits. */
  static List<String> hits(Json.Obj answer) {
    return answer.object("hits").array("hits").stream().map(hit -> text(hit, "_id")).toList();
  }

  /** The buckets of the aggregation {@code by}. */
  static List<Json.Obj> buckets(Json.Obj answer) {
    List<Json.Obj> buckets = new ArrayList<>();
    for (Json bucket : answer.object("aggregations").object("by").array("buckets")) {
      if (bucket instanceof Json.Obj object) {
        buckets.add(object);
      }
    }
    return buckets;
  }

  static String text(Json json, String field) {
    return json instanceof Json.Obj object ? String.valueOf(object.text(field)) : "no object";
  }

  static long number(Json json, String field) {
    return Long.parseLong(text(json, field));
  }
}
