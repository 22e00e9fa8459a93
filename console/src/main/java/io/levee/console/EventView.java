package io.levee.console;

import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.Json;
import io.levee.event.Mark;
import io.levee.event.Pair;
import io.levee.event.Request;
import io.levee.event.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event with all that is known of it, in the order in which people ask. */
record EventView(
    String id,
    TitleText title,
    String level,
    String kind,
    String message,
    TimeText time,
    TimeText received,
    List<Highlight> highlights,
    List<Fact> facts,
    List<TagView> tags,
    List<ExceptionView> exceptions,
    List<Crumb> crumbs,
    @Nullable RequestView request,
    List<JsonLines.Entry> user,
    List<Section> contexts,
    List<JsonLines.Entry> extra,
    List<String> marks) {
  /** A name and a short value. */
  record Fact(String name, String value) {}

  /** A tag and the query that finds its like. */
  record TagView(String key, String value, String query) {}

  /** A headed list. */
  record Section(String title, List<JsonLines.Entry> entries) {}

  /** What happened shortly before. */
  record Crumb(
      String time, String iso, String category, String level, String message, String data) {}

  /**
   * The HTTP request.
   *
   * @param link where the address leads; null unless it is http or https
   */
  record RequestView(
      String method, String url, @Nullable String link, String status, List<Section> sections) {}

  static EventView of(Event event, Instant now) {
    return new EventView(
        event.id().toString(),
        TitleText.of(event.title(), type(event)),
        event.level().wireName(),
        event.kind().wireName(),
        Objects.requireNonNullElse(event.message(), ""),
        TimeText.of(event.time(), now),
        TimeText.of(event.received(), now),
        Highlight.of(event),
        facts(event),
        tags(event.tags()),
        ExceptionView.chain(event.exceptions()),
        event.breadcrumbs().stream().map(EventView::crumb).toList(),
        event.request().isEmpty() ? null : request(event.request()),
        user(event.user()),
        contexts(event.contexts()),
        JsonLines.entries(event.extra()),
        event.marks().stream().map(EventView::mark).toList());
  }

  static @Nullable String type(Event event) {
    return event.exceptions().isEmpty() ? null : event.exceptions().getFirst().type();
  }

  private static List<Fact> facts(Event event) {
    List<Fact> facts = new ArrayList<>();
    fact(facts, "Environment", event.environment());
    fact(facts, "Release", event.release());
    fact(facts, "Host", event.host());
    fact(facts, "Logger", event.logger());
    fact(facts, "Platform", event.platform());
    fact(facts, "Culprit", event.culprit());
    fact(facts, "Trace", event.traceId());
    if (event.durationMillis() != null) {
      fact(facts, "Duration", event.durationMillis() + " ms");
    }
    if (event.weight() > 1) {
      fact(facts, "Stands for", Figures.count(event.weight(), "event"));
    }
    return facts;
  }

  private static void fact(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(name, value));
    }
  }

  private static List<TagView> tags(Map<String, String> tags) {
    List<TagView> views = new ArrayList<>();
    tags.forEach(
        (key, value) -> views.add(new TagView(key, value, QueryWords.term("tags." + key, value))));
    return views;
  }

  private static Crumb crumb(Breadcrumb crumb) {
    Instant time = crumb.time();
    return new Crumb(
        time == null ? "" : TimeText.clock(time),
        time == null ? "" : time.toString(),
        crumb.category() != null
            ? crumb.category()
            : Objects.requireNonNullElse(crumb.type(), "default"),
        crumb.level() == null ? "info" : crumb.level().wireName(),
        Objects.requireNonNullElse(crumb.message(), ""),
        JsonLines.compact(crumb.data()));
  }

  private static RequestView request(Request request) {
    String url = Objects.requireNonNullElse(request.url(), "");
    List<Section> sections = new ArrayList<>();
    pairs(sections, "Query", request.query());
    pairs(sections, "Headers", request.headers());
    pairs(sections, "Cookies", request.cookies());
    pairs(sections, "Form", request.form());
    pairs(sections, "Server", request.env());
    Json body = request.body();
    if (body != null) {
      String scalar = body.scalarText();
      JsonLines.Entry entry =
          new JsonLines.Entry("body", scalar != null ? scalar : JsonLines.pretty(body), true);
      sections.add(new Section("Body", List.of(entry)));
    }
    return new RequestView(
        Objects.requireNonNullElse(request.method(), ""),
        url,
        url.startsWith("https://") || url.startsWith("http://") ? url : null,
        request.status() == null ? "" : request.status().toString(),
        sections);
  }

  private static void pairs(List<Section> sections, String title, List<Pair> pairs) {
    if (!pairs.isEmpty()) {
      sections.add(
          new Section(
              title,
              pairs.stream()
                  .map(pair -> new JsonLines.Entry(pair.key(), pair.value(), false))
                  .toList()));
    }
  }

  private static List<JsonLines.Entry> user(User user) {
    List<JsonLines.Entry> entries = new ArrayList<>();
    entry(entries, "id", user.id());
    entry(entries, "name", user.name());
    entry(entries, "email", user.email());
    entry(entries, "ip", user.ip());
    entries.addAll(JsonLines.entries(user.data()));
    return entries;
  }

  private static void entry(List<JsonLines.Entry> entries, String key, @Nullable String value) {
    if (value != null) {
      entries.add(new JsonLines.Entry(key, value, false));
    }
  }

  private static List<Section> contexts(Json.Obj contexts) {
    List<Section> sections = new ArrayList<>();
    contexts
        .fields()
        .forEach((name, value) -> {
          List<JsonLines.Entry> entries =
              value instanceof Json.Obj object
                  ? JsonLines.entries(object)
                  : JsonLines.entries(Json.object(name, value));
          if (!entries.isEmpty()) {
            sections.add(new Section(name, entries));
          }
        });
    return sections;
  }

  private static String mark(Mark mark) {
    String what =
        switch (mark.change()) {
          case TRUNCATED -> "was cut";
          case CLAMPED -> "was moved into its range";
          case SCRUBBED -> "was removed as a secret";
          case DROPPED -> "was dropped";
        };
    return mark.field() + " " + what + (mark.detail() == null ? "" : " (" + mark.detail() + ")");
  }
}
