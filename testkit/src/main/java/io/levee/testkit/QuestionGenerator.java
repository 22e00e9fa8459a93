package io.levee.testkit;

import io.levee.engine.query.EventFacts;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.eval.Value;
import io.levee.event.Event;
import io.levee.event.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes questions together with their answers, which it computes in plain Java from the events, by
 * code that shares nothing with the stages. The same ones for the same seed. Not thread-safe.
 */
public final class QuestionGenerator {
  private static final Map<String, Function<Event, @Nullable Object>> FIELDS = fields();
  private static final List<String> NAMES = List.copyOf(FIELDS.keySet());

  private final Random random;
  private final QueryGenerator queries;
  private final List<Event> events;
  private final List<EventFacts> facts;
  private final ZoneId zone;

  /**
   * A question and its answer.
   *
   * @param stages behind the filter
   * @param rows {@code name=value name=value} of each row, in no order
   */
  public record Case(Query filter, String stages, List<String> rows) {
    public Case {
      rows = List.copyOf(rows);
    }
  }

  public QuestionGenerator(long seed, List<Event> events, ZoneId zone) {
    this.random = new Random(seed);
    this.queries = new QueryGenerator(seed, events);
    this.events = List.copyOf(events);
    this.facts = events.stream().map(EventFacts::of).toList();
    this.zone = zone;
  }

  private static Map<String, Function<Event, @Nullable Object>> fields() {
    Map<String, Function<Event, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("level", event -> event.level().wireName());
    fields.put("host", Event::host);
    fields.put("environment", Event::environment);
    fields.put("release", Event::release);
    fields.put("logger", Event::logger);
    fields.put("status", event -> event.request().status());
    fields.put("user", event -> event.user().key());
    fields.put("tags.region", event -> event.tags().get("region"));
    fields.put("tenant", event -> event.tags().get("tenant"));
    fields.put("type", event -> event.exceptions().getFirst().type());
    fields.put("contexts.runtime.name", event -> leaf(event.contexts(), "runtime", "name"));
    fields.put("cart.items", event -> leaf(event.extra(), "cart", "items"));
    return fields;
  }

  /** A leaf two keys deep. */
  private static @Nullable String leaf(Json.Obj object, String outer, String inner) {
    return object.get(outer) instanceof Json.Obj nested ? text(nested.get(inner)) : null;
  }

  private static @Nullable String text(@Nullable Json leaf) {
    return leaf == null ? null : leaf.scalarText();
  }

  /** The next question. */
  public Case next() {
    Query filter = random.nextInt(3) == 0 ? new Query.All() : queries.next();
    QueryMatcher matcher = new QueryMatcher(filter);
    List<Event> found =
        IntStream.range(0, events.size())
            .filter(i -> matcher.matches(facts.get(i)))
            .mapToObj(events::get)
            .toList();
    return switch (random.nextInt(9)) {
      case 0 -> counts(filter, found);
      case 1 -> numbers(filter, found);
      case 2 -> hours(filter, found);
      case 3 -> overTime(filter, found);
      case 4 -> top(filter, found);
      case 5 -> computed(filter, found);
      case 6 -> lists(filter, found);
      case 7 -> sums(filter, found);
      default -> slowest(filter, found);
    };
  }

  private String field() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private static @Nullable String value(String field, Event event) {
    Function<Event, @Nullable Object> accessor = FIELDS.get(field);
    Object value = accessor == null ? null : accessor.apply(event);
    return value == null ? null : value.toString();
  }

  private static Map<String, List<Event>> groups(
      List<Event> found, Function<Event, @Nullable String> key) {
    Map<String, List<Event>> groups = new LinkedHashMap<>();
    for (Event event : found) {
      String text = key.apply(event);
      if (text != null) {
        groups.computeIfAbsent(text, ignored -> new ArrayList<>()).add(event);
      }
    }
    return groups;
  }

  private static long weight(List<Event> found) {
    return found.stream().mapToLong(Event::weight).sum();
  }

  private Case counts(Query filter, List<Event> found) {
    String one = field();
    String other = field();
    boolean two = random.nextBoolean() && !one.equals(other);
    List<String> rows = new ArrayList<>();
    groups(
            found,
            event -> {
              String first = value(one, event);
              String second = value(other, event);
              if (first == null || (two && second == null)) {
                return null;
              }
              return one + "=" + first + (two ? " " + other + "=" + second : "");
            })
        .forEach((key, group) -> rows.add(key + " count=" + weight(group)));
    return new Case(filter, "stats count by " + one + (two ? ", " + other : ""), rows);
  }

  private Case numbers(Query filter, List<Event> found) {
    String by = field();
    List<String> rows = new ArrayList<>();
    groups(found, event -> value(by, event))
        .forEach((key, group) -> {
          double sum = 0;
          double count = 0;
          double least = Double.POSITIVE_INFINITY;
          HashSet<String> users = new HashSet<>();
          for (Event event : group) {
            Double duration = event.durationMillis();
            if (duration != null) {
              sum += duration * event.weight();
              count += event.weight();
              least = Math.min(least, duration);
            }
            String user = event.user().key();
            if (user != null) {
              users.add(user);
            }
          }
          String numbers =
              count == 0
                  ? ""
                  : " sum(duration)="
                      + Value.format(sum)
                      + " avg(duration)="
                      + Value.format(sum / count)
                      + " min(duration)="
                      + Value.format(least);
          rows.add(by + "=" + key + numbers + " dc(user)=" + users.size());
        });
    return new Case(
        filter, "stats sum(duration), avg(duration), min(duration), dc(user) by " + by, rows);
  }

  private Case hours(Query filter, List<Event> found) {
    int from = random.nextInt(24);
    List<String> rows = new ArrayList<>();
    groups(found, event -> Integer.toString(event.time().atZone(zone).getHour()))
        .forEach((hour, group) -> {
          if (Integer.parseInt(hour) >= from) {
            rows.add("date_hour=" + hour + " count=" + weight(group));
          }
        });
    return new Case(filter, "where date_hour >= " + from + " | stats count by date_hour", rows);
  }

  private Case overTime(Query filter, List<Event> found) {
    List<String> rows = new ArrayList<>();
    groups(
            found,
            event -> {
              Instant hour = event.time().atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
              return Long.toString(hour.getEpochSecond());
            })
        .forEach((start, group) -> rows.add("_time=" + start + " count=" + weight(group)));
    return new Case(filter, "timechart span=1h count | where count > 0", rows);
  }

  /** A list in extra: each of its values counts, and one that comes twice counts twice. */
  private Case lists(Query filter, List<Event> found) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Event event : found) {
      for (Json item : event.extra().array("list")) {
        counts.merge(String.valueOf(text(item)), (long) event.weight(), Long::sum);
      }
    }
    List<String> rows = new ArrayList<>();
    counts.forEach((value, count) -> rows.add("list=" + value + " count=" + count));
    return new Case(filter, "stats count by list", rows);
  }

  /** Of numbers in extra. */
  private Case sums(Query filter, List<Event> found) {
    List<String> rows = new ArrayList<>();
    groups(found, event -> value("level", event))
        .forEach((level, group) -> {
          double sum = 0;
          double most = Double.NEGATIVE_INFINITY;
          for (Event event : group) {
            String items = value("cart.items", event);
            if (items != null) {
              sum += Double.parseDouble(items) * event.weight();
              most = Math.max(most, Double.parseDouble(items));
            }
          }
          String numbers =
              Double.isInfinite(most)
                  ? ""
                  : " sum(extra.cart.items)="
                      + Value.format(sum)
                      + " max(cart.items)="
                      + Value.format(most);
          rows.add("level=" + level + numbers + " count=" + weight(group));
        });
    return new Case(filter, "stats sum(extra.cart.items), max(cart.items), count by level", rows);
  }

  private Case top(Query filter, List<Event> found) {
    String by = field();
    Map<String, List<Event>> groups = groups(found, event -> value(by, event));
    List<String> rows = new ArrayList<>();
    int most = random.nextInt(5);
    Comparator<Map.Entry<String, List<Event>>> byCount =
        Comparator.comparingLong(entry -> -weight(entry.getValue()));
    groups.entrySet().stream()
        .sorted(byCount.thenComparing(entry -> Value.text(entry.getKey()), Value.ORDER))
        .limit(most == 0 ? Long.MAX_VALUE : most)
        .forEach(
            entry -> rows.add(by + "=" + entry.getKey() + " count=" + weight(entry.getValue())));
    String stages =
        random.nextBoolean()
            ? "top limit=" + most + " showperc=f " + by
            : "stats count by " + by + " | sort " + most + " -count";
    return new Case(filter, stages, rows);
  }

  private Case computed(Query filter, List<Event> found) {
    String host = "web-" + random.nextInt(4);
    List<String> rows = new ArrayList<>();
    groups(
            found.stream()
                .filter(event -> !host.equals(event.host()) && event.host() != null)
                .toList(),
            event -> {
              String title = event.title();
              int at = title.indexOf("order ");
              String order = title.substring(at + "order ".length());
              return order.substring(0, 1);
            })
        .forEach((digit, group) -> rows.add("digit=" + digit + " n=" + weight(group)));
    return new Case(
        filter,
        "where host != \""
            + host
            + "\" | rex field=title \"order (?<order>\\d+)\" | eval digit=substr(order, 1, 1)"
            + " | stats count as n by digit",
        rows);
  }

  private Case slowest(Query filter, List<Event> found) {
    int most = 1 + random.nextInt(20);
    Comparator<Event> slow = Comparator.comparingDouble(event -> -duration(event));
    List<String> rows =
        found.stream()
            .filter(event -> event.durationMillis() != null)
            .sorted(slow)
            .limit(most)
            .map(event -> "id=" + event.id() + " duration=" + Value.format(duration(event)))
            .toList();
    return new Case(
        filter, "where duration >= 0 | sort " + most + " -duration | table id, duration", rows);
  }

  private static double duration(Event event) {
    Double duration = event.durationMillis();
    return duration == null ? -1 : duration;
  }
}
