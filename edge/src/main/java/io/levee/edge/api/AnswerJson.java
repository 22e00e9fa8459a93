package io.levee.edge.api;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.Marks;
import io.levee.engine.ask.Question;
import io.levee.engine.query.eval.Value;
import io.levee.event.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An answer as the API gives it. */
final class AnswerJson {
  private AnswerJson() {}

  static Json.Obj of(Answer answer, Question question) {
    List<Json> columns = new ArrayList<>();
    for (int i = 0; i < answer.columns().size(); i++) {
      columns.add(ApiReplies.object("name", answer.columns().get(i), "type", type(answer, i)));
    }
    List<Json> rows = new ArrayList<>();
    for (List<Value> row : answer.rows()) {
      List<Json> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        boolean time = isTime(answer.columns().get(i)) && row.get(i) instanceof Value.Num;
        cells.add(
            time
                ? Json.text(shown(answer.columns().get(i), row.get(i), question.zone()))
                : value(row.get(i)));
      }
      rows.add(Json.array(cells));
    }
    return ApiReplies.object(
        "shape", answer.events() ? "events" : "table",
        "columns", Json.array(columns),
        "rows", Json.array(rows),
        "marks", marks(answer.marks()),
        "plan", texts(answer.plan().lines()),
        "hints", texts(question.pipeline().hints()));
  }

  private static Json.Obj marks(Marks marks) {
    return ApiReplies.object(
        "partial", texts(marks.partial()),
        "approximate", texts(marks.approximate()),
        "sampled", marks.sampled(),
        "events_read", marks.eventsRead(),
        "counted_in_index", marks.counted(),
        "took_millis", marks.tookMillis());
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::text).toList());
  }

  private static String type(Answer answer, int column) {
    if (isTime(answer.columns().get(column))) {
      return "time";
    }
    boolean any = false;
    for (List<Value> row : answer.rows()) {
      Value value = row.get(column);
      if (!(value instanceof Value.Num) && !value.isNothing()) {
        return "text";
      }
      any |= !value.isNothing();
    }
    return any ? "number" : "text";
  }

  private static boolean isTime(String column) {
    return column.equals("_time") || column.equals("time") || column.equals("_indextime");
  }

  /** A value as people read it: times in the zone. */
  static String shown(String column, Value value, ZoneId zone) {
    if (!isTime(column) || !(value instanceof Value.Num(double seconds))) {
      return value.asText();
    }
    Instant time =
        Instant.ofEpochSecond(
            (long) Math.floor(seconds), Math.round((seconds - Math.floor(seconds)) * 1e6) * 1000L);
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
  }

  static Json value(Value value) {
    return switch (value) {
      case Value.Nothing ignored -> Json.nothing();
      case Value.Text text -> Json.text(text.value());
      case Value.Num number -> new Json.Num(Value.format(number.value()));
      case Value.Bool bool -> Json.bool(bool.value());
      case Value.Many many -> Json.array(many.values().stream().map(AnswerJson::value).toList());
    };
  }
}
