package io.levee.testkit;

import io.levee.engine.query.Query;
import io.levee.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes queries that have a chance to match some, but not all, of given events: most values are
 * taken from one of them. The same ones for the same seed. Not thread-safe.
 */
public final class QueryGenerator {
  private static final List<String> EXACT =
      List.of(
          "level",
          "kind",
          "logger",
          "platform",
          "host",
          "environment",
          "release",
          "culprit",
          "url",
          "method",
          "user",
          "user.ip",
          "trace_id",
          "type",
          "function",
          "module",
          "file",
          "fingerprint",
          "project",
          "tags.region",
          "tenant",
          "feature",
          "contexts.runtime.name",
          "runtime.name",
          "nested.list",
          "missing",
          "id",
          "status");
  private static final List<String> TEXT = List.of("title", "message", "value");
  private static final List<String> NUMBERS =
      List.of("status", "duration", "weight", "extra.order_total", "order_total", "size");

  private final Random random;
  private final List<Event> events;

  public QueryGenerator(long seed, List<Event> events) {
    this.random = new Random(seed);
    this.events = List.copyOf(events);
  }

  /** The next query. */
  public Query next() {
    return next(3);
  }

  private Query next(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf();
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Query.Not(next(depth - 1));
      case 1 -> new Query.Or(parts(depth));
      default -> new Query.And(parts(depth));
    };
  }

  private List<Query> parts(int depth) {
    List<Query> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(next(depth - 1));
    }
    return parts;
  }

  private Query leaf() {
    Event event = events.get(random.nextInt(events.size()));
    return switch (random.nextInt(9)) {
      case 0 -> new Query.Term(null, word(event));
      case 1 -> new Query.Phrase(null, phrase(event));
      case 2 -> {
        String field = one(EXACT);
        yield new Query.Term(field, value(event, field));
      }
      case 3 -> new Query.Term(one(TEXT), word(event));
      case 4 -> wildcard(event);
      case 5 -> regex(event);
      case 6 -> numberRange();
      case 7 -> textRange(event);
      default -> new Query.Exists(random.nextBoolean() ? one(EXACT) : one(NUMBERS));
    };
  }

  private Query wildcard(Event event) {
    @Nullable String field = random.nextBoolean() ? one(EXACT) : null;
    String value = field == null ? word(event) : value(event, field);
    int cut = value.isEmpty() ? 0 : random.nextInt(value.length());
    return switch (random.nextInt(3)) {
      case 0 -> new Query.Wildcard(field, value.substring(0, cut) + "*");
      case 1 -> new Query.Wildcard(field, "*" + value.substring(cut));
      default -> new Query.Wildcard(field, "?" + value.substring(Math.min(1, value.length())));
    };
  }

  private Query regex(Event event) {
    @Nullable String field = random.nextBoolean() ? one(EXACT) : one(TEXT);
    String value = TEXT.contains(field) ? word(event) : value(event, field);
    String start = value.replaceAll("[^A-Za-z0-9]", ".");
    int cut = start.isEmpty() ? 0 : random.nextInt(start.length());
    return new Query.Regex(field, start.substring(0, cut) + "[a-z0-9./:-]*");
  }

  private Query numberRange() {
    String from = random.nextInt(4) == 0 ? null : Integer.toString(random.nextInt(600));
    String to = random.nextInt(4) == 0 ? null : Integer.toString(random.nextInt(600));
    return new Query.Range(one(NUMBERS), from, random.nextBoolean(), to, random.nextBoolean());
  }

  private Query textRange(Event event) {
    if (random.nextInt(3) == 0) {
      return new Query.Range(
          "time", event.time().toString(), random.nextBoolean(), null, random.nextBoolean());
    }
    String field = random.nextInt(3) == 0 ? one(TEXT) : one(EXACT);
    String from = TEXT.contains(field) ? word(event) : value(event, field);
    return new Query.Range(
        field, from, random.nextBoolean(), random.nextBoolean() ? null : from + "m", true);
  }

  private String one(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private String word(Event event) {
    String[] words = event.title().split(" ", -1);
    return random.nextInt(20) == 0 ? "nowhere" : words[random.nextInt(words.length)];
  }

  private String phrase(Event event) {
    String[] words = event.title().split(" ", -1);
    int first = random.nextInt(words.length);
    int last = Math.min(words.length, first + 2);
    return String.join(" ", List.of(words).subList(first, last));
  }

  private String value(Event event, String field) {
    String value = known(event, field);
    return value == null
        ? "none"
        : random.nextBoolean() ? value : value.toUpperCase(java.util.Locale.ROOT);
  }

  private static @Nullable String known(Event event, String field) {
    return switch (field) {
      case "level" -> event.level().wireName();
      case "kind" -> event.kind().wireName();
      case "logger" -> event.logger();
      case "platform" -> event.platform();
      case "host" -> event.host();
      case "environment" -> event.environment();
      case "release" -> event.release();
      case "culprit" -> event.culprit();
      case "url" -> event.request().url();
      case "method" -> event.request().method();
      case "status" -> String.valueOf(event.request().status());
      case "user" -> event.user().key();
      case "user.ip" -> event.user().ip();
      case "trace_id" -> event.traceId();
      case "type" -> event.exceptions().isEmpty() ? null : event.exceptions().getFirst().type();
      case "fingerprint" -> event.fingerprint() == null ? null : event.fingerprint().value();
      case "project" -> event.project().toString();
      case "id" -> event.id().toString();
      case "tags.region" -> event.tags().get("region");
      case "tenant" -> event.tags().get("tenant");
      case "feature" -> event.tags().get("feature");
      case "contexts.runtime.name", "runtime.name" -> "OpenJDK";
      case "nested.list" -> "deep";
      case "module" -> "org.framework.web.Filter5";
      case "function" -> "run7";
      case "file" -> "Layer3.java";
      default -> null;
    };
  }
}
