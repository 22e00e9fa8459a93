package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads exceptions ("Exception Interface"). Sentry lists the innermost cause first; we put the
 * exception that surfaced first, each followed by its causes. Pure.
 */
final class SentryExceptions {
  private static final String PATH = "exceptions";

  private SentryExceptions() {}

  /** The chain of an {@code exception} field in any of its forms. */
  static List<ExceptionInfo> of(@Nullable Json field, Marks marks) {
    List<ExceptionInfo> chain = new ArrayList<>();
    for (Json value : ExceptionOrder.surfacedFirst(values(field, marks))) {
      if (value instanceof Json.Obj object) {
        chain.add(exception(new JsonFields(object, PATH, marks), marks));
      } else {
        marks.dropped(PATH, JsonFields.kind(value), "an object");
      }
    }
    return unhandledVisible(chain);
  }

  private static List<Json> values(@Nullable Json field, Marks marks) {
    return switch (field) {
      case Json.Obj object when object.get("values") instanceof Json.Arr values -> present(values);
      case Json.Obj object when object.isEmpty() || object.get("values") != null -> List.of();
      case Json.Obj object -> List.of(object);
      case Json.Arr values -> present(values);
      case null -> List.of();
      default -> {
        marks.dropped(PATH, JsonFields.kind(field), "a list of exceptions");
        yield List.of();
      }
    };
  }

  private static List<Json> present(Json.Arr values) {
    return values.items().stream().filter(value -> !(value instanceof Json.Null)).toList();
  }

  private static ExceptionInfo exception(JsonFields fields, Marks marks) {
    Json value = fields.take("value");
    Json.Obj mechanism = fields.object("mechanism");
    Stack stack = stack(fields, marks);
    String type = fields.text("type");
    String module = fields.text("module");
    return new ExceptionInfo(
        type,
        value == null ? null : valueText(value),
        module,
        mechanism.get("handled") instanceof Json.Bool handled ? (Boolean) handled.value() : null,
        mechanism,
        stack.frames(),
        withStack(fields.rest(), stack.other()));
  }

  private static String valueText(Json value) {
    String text = value.scalarText();
    return text == null ? JsonText.write(value) : text;
  }

  /** The exception that carries the stack of an event without exceptions. */
  static ExceptionInfo synthetic(JsonFields fields, Marks marks) {
    Stack stack = stack(fields, marks);
    return new ExceptionInfo(
        null,
        null,
        null,
        null,
        Json.Obj.EMPTY,
        stack.frames(),
        withStack(Json.Obj.EMPTY, stack.other()));
  }

  /** A stack's frames, and what else was said about it. */
  private record Stack(List<Frame> frames, Json.Obj other) {}

  private static Stack stack(JsonFields fields, Marks marks) {
    Json.Obj stacktrace = fields.object("stacktrace");
    if (stacktrace.isEmpty()) {
      return new Stack(List.of(), Json.Obj.EMPTY);
    }
    JsonFields parts = new JsonFields(stacktrace, PATH + ".stacktrace", marks);
    return new Stack(SentryFrames.of(parts.array("frames"), marks), parts.rest());
  }

  private static Json.Obj withStack(Json.Obj other, Json.Obj stack) {
    return stack.isEmpty() ? other : other.with("stacktrace", stack);
  }

  /**
   * A browser says "not handled" on the innermost cause only; who looks at the first exception must
   * see it. The mechanism keeps what was said.
   */
  private static List<ExceptionInfo> unhandledVisible(List<ExceptionInfo> chain) {
    if (chain.stream().noneMatch(exception -> Boolean.FALSE.equals(exception.handled()))) {
      return chain;
    }
    ExceptionInfo first = chain.getFirst();
    chain.set(
        0,
        new ExceptionInfo(
            first.type(),
            first.value(),
            first.module(),
            false,
            first.mechanism(),
            first.frames(),
            first.other()));
    return chain;
  }
}
