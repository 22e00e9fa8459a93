package io.levee.edge.api;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.AnswerText;
import io.levee.engine.ask.Marks;
import io.levee.engine.ask.Question;
import io.levee.engine.query.eval.Value;
import io.levee.event.Json;
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
        boolean time =
            AnswerText.isTime(answer.columns().get(i)) && row.get(i) instanceof Value.Num;
        cells.add(
            time
                ? Json.text(AnswerText.shown(answer.columns().get(i), row.get(i), question.zone()))
                : AnswerText.json(row.get(i)));
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
        "notes", texts(marks.notes()),
        "sampled", marks.sampled(),
        "events_read", marks.eventsRead(),
        "counted_in_index", marks.counted(),
        "took_millis", marks.tookMillis());
  }

  private static Json texts(List<String> texts) {
    return Json.array(texts.stream().map(Json::text).toList());
  }

  private static String type(Answer answer, int column) {
    if (AnswerText.isTime(answer.columns().get(column))) {
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
}
