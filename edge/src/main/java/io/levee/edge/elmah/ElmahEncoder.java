package io.levee.edge.elmah;

import io.levee.edge.decode.Timestamps;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Pair;
import io.levee.event.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes elmah.io's messages of events, wherever these came from. A message that came in through
 * {@link ElmahDecoder} goes out with every field that it had. Pure.
 */
public final class ElmahEncoder {
  private static final Set<String> HEADERS =
      Set.of("cookies", "form", "queryString", "serverVariables");
  private static final Set<String> NOT_IN_OVERVIEW = Set.of("data", "breadcrumbs", "code");

  private ElmahEncoder() {}

  /** The whole message ({@code Message}). */
  public static Json.Obj message(Event event) {
    Map<String, Json> message = new LinkedHashMap<>();
    message.put("id", Json.text(event.id().toString()));
    ExceptionInfo first = event.exceptions().isEmpty() ? null : event.exceptions().getFirst();
    Request request = event.request();
    put(message, "detail", detail(event, first));
    put(message, "hostname", event.host());
    put(message, "title", event.title());
    put(message, "titleTemplate", template(event.extra()));
    put(message, "source", event.culprit());
    if (request.status() != null) {
      message.put("statusCode", Json.number(request.status()));
    }
    put(message, "dateTime", event.time().toString());
    put(message, "type", first == null ? null : first.type());
    put(message, "user", event.user().key());
    put(message, "severity", ElmahSeverity.of(event.level()));
    put(message, "url", request.url());
    put(message, "method", request.method());
    put(message, "version", event.release());
    put(message, "correlationId", event.traceId());
    put(message, "category", event.logger());
    lists(message, event);
    Map<String, Json> kept = new LinkedHashMap<>(event.extra().object(ElmahDecoder.KEPT).fields());
    kept.remove("id");
    message.putAll(kept);
    return Json.object(message);
  }

  /**
   * The message as it stands in lists ({@code MessageOverview}).
   *
   * @param withHeaders whether with cookies, form, query string and server variables
   */
  public static Json.Obj overview(Event event, boolean withHeaders) {
    Map<String, Json> overview = new LinkedHashMap<>(message(event).fields());
    overview.keySet().removeAll(NOT_IN_OVERVIEW);
    if (!withHeaders) {
      overview.keySet().removeAll(HEADERS);
    }
    return Json.object(overview);
  }

  private static void lists(Map<String, Json> message, Event event) {
    Request request = event.request();
    pairs(message, "cookies", request.cookies());
    pairs(message, "form", request.form());
    pairs(message, "queryString", request.query());
    pairs(message, "serverVariables", request.env().isEmpty() ? request.headers() : request.env());
    List<Json> data = ElmahData.write(event);
    if (!data.isEmpty()) {
      message.put("data", Json.array(data));
    }
    if (!event.breadcrumbs().isEmpty()) {
      message.put("breadcrumbs", ElmahBreadcrumbs.write(event.breadcrumbs()));
    }
  }

  private static void pairs(Map<String, Json> message, String name, List<Pair> pairs) {
    if (!pairs.isEmpty()) {
      message.put(
          name,
          Json.array(
              pairs.stream().map(pair -> ElmahData.item(pair.key(), pair.value())).toList()));
    }
  }

  private static @Nullable String detail(Event event, @Nullable ExceptionInfo first) {
    if (first == null) {
      return event.message();
    }
    String sent = first.other().text("detail");
    return sent == null ? stackText(event.exceptions()) : sent;
  }

  private static @Nullable String template(Json.Obj extra) {
    String template = extra.text("titleTemplate");
    return template == null ? extra.object("logentry").text("message") : template;
  }

  /** The chain as text, as runtimes print it. */
  private static String stackText(List<ExceptionInfo> chain) {
    StringBuilder text = new StringBuilder();
    for (ExceptionInfo exception : chain) {
      text.append(text.isEmpty() ? "" : "\nCaused by: ").append(heading(exception));
      for (Frame frame : exception.frames()) {
        text.append("\n    at ").append(line(frame));
      }
    }
    return text.toString();
  }

  private static String heading(ExceptionInfo exception) {
    if (exception.type() == null) {
      return exception.value() == null ? "Stack" : exception.value();
    }
    return exception.value() == null
        ? exception.type()
        : exception.type() + ": " + exception.value();
  }

  private static String line(Frame frame) {
    String function = frame.function() == null ? "?" : frame.function();
    String name = frame.module() == null ? function : frame.module() + "." + function;
    String file = frame.path() == null ? frame.file() : frame.path();
    if (file == null) {
      return name;
    }
    String line = frame.line() == null ? "" : ":" + frame.line();
    String column = frame.column() == null ? "" : ":" + frame.column();
    return name + " (" + file + line + column + ")";
  }

  private static void put(Map<String, Json> message, String name, @Nullable String value) {
    if (value != null) {
      message.put(name, Json.text(value));
    }
  }

  /**
   * Whether what we would give back says what was sent: the same value, or the same as text, with
   * nulls counting as absent.
   */
  static boolean says(@Nullable Json back, @Nullable Json sent) {
    if (sent == null || sent instanceof Json.Null) {
      return back == null || back instanceof Json.Null;
    }
    if (back == null) {
      return false;
    }
    return switch (sent) {
      case Json.Obj object ->
          back instanceof Json.Obj other
              && object.fields().size() >= other.fields().size()
              && object.fields().entrySet().stream()
                  .allMatch(field -> says(other.get(field.getKey()), field.getValue()));
      case Json.Arr array -> back instanceof Json.Arr other && sayAll(other.items(), array.items());
      case Json scalar -> sameText(ElmahRequests.value(scalar), back.scalarText());
    };
  }

  /** A time may be written with more zeros or fewer. */
  private static boolean sameText(String sent, @Nullable String back) {
    if (back == null || sent.equals(back)) {
      return back != null;
    }
    Instant time = back.endsWith("Z") ? Timestamps.parse(Json.text(back)) : null;
    return time != null && time.equals(Timestamps.parse(Json.text(sent)));
  }

  private static boolean sayAll(List<Json> back, List<Json> sent) {
    if (back.size() != sent.size()) {
      return false;
    }
    for (int i = 0; i < back.size(); i++) {
      if (!says(back.get(i), sent.get(i))) {
        return false;
      }
    }
    return true;
  }
}
