package io.levee.engine.accept;

import static io.levee.engine.accept.FieldEdit.Role.MESSAGE;
import static io.levee.engine.accept.FieldEdit.Role.NAME;
import static io.levee.engine.accept.FieldEdit.Role.SOURCE;
import static io.levee.engine.accept.FieldEdit.Role.TEXT;
import static io.levee.engine.accept.FieldEdit.Role.TITLE;

import io.levee.engine.accept.FieldEdit.Area;
import io.levee.engine.accept.FieldEdit.Items;
import io.levee.engine.accept.FieldEdit.Role;
import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Pair;
import io.levee.event.Request;
import io.levee.event.SharedList;
import io.levee.event.User;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Leads an edit through every field of an event that a client filled, and puts a new event together
 * from the answers. Whatever holds no change stays the same instance: whether something changed
 * inside is told by the count of {@link Changes}. Not thread-safe: one for every event.
 */
final class EventWalk {
  private final FieldEdit edit;
  private final Changes changes;

  EventWalk(FieldEdit edit, Changes changes) {
    this.edit = edit;
    this.changes = changes;
  }

  Event walk(Event event) {
    EventBuilder next = event.toBuilder();
    next.title(required("title", TITLE, event.title()));
    next.message(text("message", MESSAGE, event.message()));
    next.logger(text("logger", NAME, event.logger()));
    next.platform(text("platform", NAME, event.platform()));
    next.host(text("host", NAME, event.host()));
    next.environment(text("environment", NAME, event.environment()));
    next.release(text("release", NAME, event.release()));
    next.culprit(text("culprit", NAME, event.culprit()));
    next.traceId(text("trace_id", NAME, event.traceId()));
    next.request(request(event.request()));
    next.user(user(event.user()));
    changes.enter("tags");
    next.tags(edit.tags(event.tags()));
    changes.leave();
    next.exceptions(each("exceptions", Items.EXCEPTIONS, event.exceptions(), this::exception));
    next.breadcrumbs(each("breadcrumbs", Items.BREADCRUMBS, event.breadcrumbs(), this::breadcrumb));
    next.contexts(object("contexts", Area.EVENT, event.contexts()));
    next.extra(object("extra", Area.EVENT, event.extra()));
    next.clientFingerprint(
        each(
            "client_fingerprint",
            Items.FINGERPRINT,
            event.clientFingerprint(),
            part -> edit.text(TEXT, part)));
    return changes.count() == 0 ? event : next.marks(changes.after(event.marks())).build();
  }

  private Request request(Request request) {
    if (request.equals(Request.EMPTY)) {
      return request;
    }
    int before = changes.count();
    changes.enter("request");
    Json body = request.body();
    Request next =
        new Request(
            text("method", NAME, request.method()),
            text("url", TEXT, request.url()),
            request.status(),
            pairs("headers", request.headers()),
            pairs("cookies", request.cookies()),
            pairs("query", request.query()),
            pairs("form", request.form()),
            pairs("env", request.env()),
            body == null ? null : json("body", Area.EVENT, body));
    changes.leave();
    return changes.count() == before ? request : next;
  }

  private User user(User user) {
    int before = changes.count();
    changes.enter("user");
    User next =
        new User(
            text("id", NAME, user.id()),
            text("name", NAME, user.name()),
            text("email", NAME, user.email()),
            text("ip", NAME, user.ip()),
            object("data", Area.EVENT, user.data()));
    changes.leave();
    return changes.count() == before ? user : next;
  }

  private ExceptionInfo exception(ExceptionInfo exception) {
    int before = changes.count();
    ExceptionInfo next =
        new ExceptionInfo(
            text("type", NAME, exception.type()),
            text("value", MESSAGE, exception.value()),
            text("module", NAME, exception.module()),
            exception.handled(),
            object("mechanism", Area.STACK, exception.mechanism()),
            frames(exception.frames()),
            object("other", Area.STACK, exception.other()));
    return changes.count() == before ? exception : next;
  }

  /** A stack that was found clean needn't be looked through for every event that has it. */
  private List<Frame> frames(List<Frame> frames) {
    Object unchanged = edit.unchanged();
    if (unchanged != null && SharedList.noted(frames, unchanged) != null) {
      return frames;
    }
    int before = changes.count();
    List<Frame> next = each("frames", Items.FRAMES, frames, this::frame);
    if (unchanged != null && changes.count() == before) {
      SharedList.note(frames, unchanged, true);
    }
    return next;
  }

  private Frame frame(Frame frame) {
    int before = changes.count();
    Frame next =
        new Frame(
            text("function", NAME, frame.function()),
            text("module", NAME, frame.module()),
            text("file", TEXT, frame.file()),
            text("path", TEXT, frame.path()),
            frame.line(),
            frame.column(),
            frame.inApp(),
            text("context", SOURCE, frame.contextLine()),
            each("pre", Items.SOURCE_LINES, frame.preContext(), this::source),
            each("post", Items.SOURCE_LINES, frame.postContext(), this::source),
            object("vars", Area.STACK, frame.vars()),
            object("other", Area.STACK, frame.other()));
    return changes.count() == before ? frame : next;
  }

  private String source(String line) {
    return edit.text(SOURCE, line);
  }

  private Breadcrumb breadcrumb(Breadcrumb breadcrumb) {
    int before = changes.count();
    Breadcrumb next =
        new Breadcrumb(
            breadcrumb.time(),
            text("type", NAME, breadcrumb.type()),
            text("category", NAME, breadcrumb.category()),
            breadcrumb.level(),
            text("message", MESSAGE, breadcrumb.message()),
            object("data", Area.STACK, breadcrumb.data()));
    return changes.count() == before ? breadcrumb : next;
  }

  private @Nullable String text(String name, Role role, @Nullable String value) {
    return value == null ? null : required(name, role, value);
  }

  private String required(String name, Role role, String value) {
    changes.enter(name);
    String next = edit.text(role, value);
    changes.leave();
    return next;
  }

  private List<Pair> pairs(String name, List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return pairs;
    }
    changes.enter(name);
    List<Pair> next = edit.pairs(pairs);
    changes.leave();
    return next;
  }

  private Json.Obj object(String name, Area area, Json.Obj value) {
    if (value.isEmpty()) {
      return value;
    }
    return json(name, area, value) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  private Json json(String name, Area area, Json value) {
    changes.enter(name);
    Json next = edit.json(area, value);
    changes.leave();
    return next;
  }

  private <T> List<T> each(String name, Items which, List<T> items, UnaryOperator<T> change) {
    if (items.isEmpty()) {
      return items;
    }
    changes.enter(name);
    List<T> kept = edit.items(which, items);
    List<T> changed = null;
    int before = changes.count();
    for (int i = 0; i < kept.size(); i++) {
      changes.enter(i);
      T next = change.apply(kept.get(i));
      changes.leave();
      if (changes.count() != before) {
        before = changes.count();
        changed = changed == null ? new ArrayList<>(kept) : changed;
        changed.set(i, next);
      }
    }
    changes.leave();
    return changed == null ? kept : changed;
  }
}
