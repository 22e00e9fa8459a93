package io.levee.edge.elmah;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the exception tree that newer clients put as JSON text into the data item {@code
 * X-ELMAHIO-EXCEPTIONINSPECTOR}: {@code {Type, Message, StackTrace, Source, TargetSite, Data,
 * Inners}}. Pure.
 */
final class ExceptionInspector {
  static final String KEY = "X-ELMAHIO-EXCEPTIONINSPECTOR";

  /** Clients send ten levels at most. */
  static final int EXCEPTIONS_MAX = 50;

  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  private ExceptionInspector() {}

  /** The outermost exception first, each followed by its inner ones; none when it does not fit. */
  static List<ExceptionInfo> chain(String text) {
    List<ExceptionInfo> chain = new ArrayList<>();
    if (JSON.parse(text.getBytes(StandardCharsets.UTF_8))
        instanceof JsonText.Value(Json.Obj root)) {
      List<Json.Obj> waiting = new ArrayList<>(List.of(root));
      while (!waiting.isEmpty() && chain.size() < EXCEPTIONS_MAX) {
        Json.Obj next = waiting.removeLast();
        if (next.text("Type") == null && next.text("Message") == null) {
          continue;
        }
        chain.add(exception(next));
        for (Json inner : next.array("Inners").reversed()) {
          if (inner instanceof Json.Obj object) {
            waiting.add(object);
          }
        }
      }
    }
    return chain;
  }

  private static ExceptionInfo exception(Json.Obj object) {
    JsonFields fields = new JsonFields(object, "exceptions", new Marks());
    String type = fields.text("Type");
    String message = fields.text("Message");
    String stack = fields.text("StackTrace");
    fields.take("Inners");
    Json.Obj other = fields.rest();
    return new ExceptionInfo(
        type,
        message,
        null,
        null,
        Json.Obj.EMPTY,
        stack == null ? List.of() : StackText.frames(stack),
        other);
  }
}
