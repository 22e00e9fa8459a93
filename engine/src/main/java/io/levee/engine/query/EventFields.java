package io.levee.engine.query;

import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Pair;
import io.levee.event.Request;
import io.levee.event.User;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what can be asked of an event: walks it once and tells a {@link FieldVisitor} everything.
 * The index and {@link QueryMatcher} both stand on this, so they can't disagree. The event's time
 * is not told: it is there for all.
 */
public final class EventFields {
  /** Of an event with more leaves the rest is found by its words only. */
  public static final int LEAVES_MAX = 1_000;

  /** Exact fields whose values lie in frames and nowhere else. */
  public static final Set<String> CODE_FIELDS = Set.of("function", "module", "file");

  private static final int DEPTH_MAX = 32;

  private final FieldVisitor to;
  private int leaves;

  private EventFields(FieldVisitor to) {
    this.to = to;
  }

  /** Tells the visitor what the event holds. */
  public static void visit(Event event, FieldVisitor visitor) {
    new EventFields(visitor).event(event);
  }

  /**
   * Tells the visitor what frames say of the code: the same each time the program comes by there.
   * Exact fields are {@link #CODE_FIELDS} alone, and there are no numbers, texts and leaves.
   */
  public static void visitCode(List<Frame> frames, FieldVisitor visitor) {
    EventFields fields = new EventFields(visitor);
    frames.forEach(fields::code);
  }

  /** Tells the visitor what frames say of that one moment: words alone. */
  public static void visitVariables(List<Frame> frames, FieldVisitor visitor) {
    EventFields fields = new EventFields(visitor);
    frames.forEach(frame -> fields.words(frame.vars(), 0));
  }

  private void event(Event event) {
    to.exact("id", event.id().toString());
    to.exact("project", event.project().toString());
    to.exact("kind", event.kind().wireName());
    to.exact("level", event.level().wireName());
    text("title", event.title());
    text("message", event.message());
    exact("logger", event.logger());
    exact("platform", event.platform());
    exact("host", event.host());
    exact("environment", event.environment());
    exact("release", event.release());
    exact("culprit", event.culprit());
    identifier("trace_id", event.traceId());
    if (event.fingerprint() != null) {
      to.exact("fingerprint", event.fingerprint().value());
    }
    if (event.durationMillis() != null) {
      to.number("duration", event.durationMillis());
    }
    to.number("weight", event.weight());
    request(event.request());
    user(event.user());
    event.tags().forEach((key, value) -> leaf("tags." + lower(key), value));
    tree("contexts", event.contexts());
    tree("extra", event.extra());
    event.exceptions().forEach(this::exception);
    event.breadcrumbs().forEach(this::breadcrumb);
    event.clientFingerprint().forEach(to::words);
  }

  private void request(Request request) {
    exact("method", request.method());
    exact("url", request.url());
    if (request.status() != null) {
      to.number("status", request.status());
      exact("status", request.status().toString());
    }
    pairs(request.headers());
    pairs(request.cookies());
    pairs(request.query());
    pairs(request.form());
    pairs(request.env());
    if (request.body() != null) {
      words(request.body(), 0);
    }
  }

  private void user(User user) {
    identity("user.id", user.id());
    identity("user.email", user.email());
    identity("user.name", user.name());
    identity("user.ip", user.ip());
    tree("user", user.data());
  }

  /** One of the user's names: by itself, and as "user" whatever it is. */
  private void identity(String field, @Nullable String value) {
    if (value != null) {
      to.exact(field, value);
      exact("user", value);
    }
  }

  private void exception(ExceptionInfo exception) {
    exact("type", exception.type());
    text("value", exception.value());
    words(exception.module());
    if (exception.handled() != null) {
      to.exact("handled", exception.handled().toString());
    }
    words(exception.mechanism(), 0);
    words(exception.other(), 0);
    if (!exception.frames().isEmpty()) {
      to.frames(exception.frames());
    }
  }

  private void code(Frame frame) {
    exact("function", frame.function());
    exact("module", frame.module());
    exact("file", frame.file());
    exact("file", frame.path());
    words(frame.contextLine());
    words(frame.other(), 0);
  }

  private void breadcrumb(Breadcrumb breadcrumb) {
    words(breadcrumb.type());
    words(breadcrumb.category());
    words(breadcrumb.message());
    words(breadcrumb.data(), 0);
  }

  private void pairs(List<Pair> pairs) {
    for (Pair pair : pairs) {
      to.words(pair.value());
    }
  }

  private void tree(String path, Json.Obj object) {
    object.fields().forEach((key, value) -> tree(path + "." + lower(key), value, 0));
  }

  private void tree(String path, Json value, int depth) {
    switch (value) {
      case Json.Obj object when depth < DEPTH_MAX ->
          object.fields().forEach((key, inner) -> tree(path + "." + lower(key), inner, depth + 1));
      case Json.Arr array when depth < DEPTH_MAX ->
          array.items().forEach(item -> tree(path, item, depth + 1));
      case Json.Text text -> leaf(path, text.value());
      case Json.Num number -> leaf(path, number.literal());
      case Json.Bool bool -> leaf(path, Boolean.toString(bool.value()));
      case Json.Obj ignored -> {}
      case Json.Arr ignored -> {}
      case Json.Null ignored -> {}
    }
  }

  private void leaf(String path, String value) {
    if (leaves++ < LEAVES_MAX) {
      to.leaf(Values.cut(path), value);
    }
    to.words(value);
  }

  private void words(Json value, int depth) {
    switch (value) {
      case Json.Obj object when depth < DEPTH_MAX ->
          object.fields().values().forEach(inner -> words(inner, depth + 1));
      case Json.Arr array when depth < DEPTH_MAX ->
          array.items().forEach(item -> words(item, depth + 1));
      case Json.Text text -> to.words(text.value());
      case Json.Num number -> to.words(number.literal());
      case Json.Obj ignored -> {}
      case Json.Arr ignored -> {}
      case Json.Bool ignored -> {}
      case Json.Null ignored -> {}
    }
  }

  private void words(@Nullable String value) {
    if (value != null) {
      to.words(value);
    }
  }

  private void exact(String field, @Nullable String value) {
    if (value != null) {
      to.exact(field, value);
      to.words(value);
    }
  }

  /**
   * Random hex digits are found as a whole value, see {@link Query.Term}; as words they'd be dear.
   */
  private void identifier(String field, @Nullable String value) {
    if (value == null) {
      return;
    }
    to.exact(field, value);
    if (EventId.parse(value) == null) {
      to.words(value);
    }
  }

  private void text(String field, @Nullable String value) {
    if (value != null) {
      to.text(field, value);
      to.words(value);
    }
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
