package io.levee.engine.query;

import io.levee.event.Event;
import io.levee.event.EventId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query means for a single event, without an index: the live tail asks it, and every index
 * must answer as it does. Immutable, thread-safe.
 */
public final class QueryMatcher {
  private final Query query;
  private final Map<Query, ValuePattern> patterns = new HashMap<>();
  private final Map<Query, List<String>> words = new HashMap<>();

  /**
   * Prepares a query.
   *
   * @throws IllegalArgumentException when it holds a regular expression that is none
   */
  public QueryMatcher(Query query) {
    this.query = query;
    prepare(query);
  }

  /** Whether the event is one of those that are looked for. */
  public boolean matches(Event event) {
    return matches(EventFacts.of(event));
  }

  /** The same; for those who ask many queries about one event. */
  public boolean matches(EventFacts event) {
    return matches(query, event);
  }

  private void prepare(Query part) {
    switch (part) {
      case Query.And and -> and.parts().forEach(this::prepare);
      case Query.Or or -> or.parts().forEach(this::prepare);
      case Query.Not not -> prepare(not.part());
      case Query.Wildcard wildcard -> patterns.put(part, ValuePattern.wildcard(wildcard.pattern()));
      case Query.Regex regex -> patterns.put(part, ValuePattern.regex(regex.pattern()));
      case Query.Cidr cidr -> patterns.put(part, ValuePattern.cidr(cidr.block()));
      case Query.Term term -> words.put(part, WordScanner.words(term.value()));
      case Query.Phrase phrase -> words.put(part, WordScanner.words(phrase.text()));
      case Query.All ignored -> {}
      case Query.Range ignored -> {}
      case Query.Exists ignored -> {}
    }
  }

  private boolean matches(Query part, EventFacts facts) {
    return switch (part) {
      case Query.All ignored -> true;
      case Query.And and -> and.parts().stream().allMatch(p -> matches(p, facts));
      case Query.Or or -> or.parts().stream().anyMatch(p -> matches(p, facts));
      case Query.Not not -> !matches(not.part(), facts);
      case Query.Term term -> value(part, term.field(), term.value(), facts);
      case Query.Phrase phrase -> value(part, phrase.field(), phrase.text(), facts);
      case Query.Wildcard wildcard -> pattern(part, wildcard.field(), facts);
      case Query.Regex regex -> pattern(part, regex.field(), facts);
      case Query.Cidr cidr -> pattern(part, cidr.field(), facts);
      case Query.Range range -> range(range, facts);
      case Query.Exists exists -> exists(exists.field(), facts);
    };
  }

  private boolean value(Query part, @Nullable String field, String value, EventFacts facts) {
    List<String> sought = words.getOrDefault(part, List.of());
    if (field == null) {
      return phrase(facts.words(), sought) || (identifier(value) && facts.identifiedBy(value));
    }
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return anyExact(Fields.paths(field), facts, Values.fold(value)::equals);
    }
    return switch (known.type()) {
      case EXACT -> facts.exact(known.name()).contains(Values.fold(value));
      case TEXT -> textFields(known.name()).stream().anyMatch(f -> phrase(facts.text(f), sought));
      case NUMBER -> {
        double number = Values.number(value);
        yield facts.numbers(known.name()).stream().anyMatch(n -> n == number);
      }
      case TIME -> {
        Values.TimeSpan span = Values.timeSpan(value);
        yield span != null && facts.timeNanos() >= span.from() && facts.timeNanos() < span.to();
      }
    };
  }

  /** Whether a word looks like an id, so that a bare one finds event, trace and fingerprint. */
  public static boolean identifier(String value) {
    return EventId.parse(value) != null;
  }

  /** The fields that a text field's words are looked for in. */
  public static List<String> textFields(String field) {
    return field.equals("message") ? List.of("message", "title") : List.of(field);
  }

  private static boolean phrase(List<EventFacts.Words> texts, List<String> sought) {
    return !sought.isEmpty() && texts.stream().anyMatch(text -> text.holds(sought));
  }

  private boolean pattern(Query part, @Nullable String field, EventFacts facts) {
    ValuePattern pattern = patterns.get(part);
    if (pattern == null) {
      throw new IllegalStateException("a part that was not prepared");
    }
    return values(field, facts, pattern::matches);
  }

  private static boolean values(
      @Nullable String field, EventFacts facts, Predicate<String> predicate) {
    if (field == null) {
      return facts.words().stream().anyMatch(text -> text.any(predicate));
    }
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return anyExact(Fields.paths(field), facts, predicate);
    }
    return switch (known.type()) {
      case EXACT, NUMBER -> facts.exact(known.name()).stream().anyMatch(predicate);
      case TEXT ->
          textFields(known.name()).stream()
              .anyMatch(f -> facts.text(f).stream().anyMatch(text -> text.any(predicate)));
      case TIME -> false;
    };
  }

  private static boolean anyExact(
      List<String> paths, EventFacts facts, Predicate<String> predicate) {
    return paths.stream().anyMatch(path -> facts.exact(path).stream().anyMatch(predicate));
  }

  private static boolean range(Query.Range range, EventFacts facts) {
    Fields.Field known = Fields.find(range.field());
    if (known == null) {
      NumberRange numbers = NumberRange.of(range);
      return numbers != null
          ? Fields.paths(range.field()).stream()
              .anyMatch(path -> facts.numbers(path).stream().anyMatch(numbers::contains))
          : values(range.field(), facts, ValuePattern.between(range)::matches);
    }
    return switch (known.type()) {
      case EXACT, TEXT -> values(range.field(), facts, ValuePattern.between(range)::matches);
      case NUMBER -> {
        NumberRange numbers = NumberRange.of(range);
        yield numbers != null && facts.numbers(known.name()).stream().anyMatch(numbers::contains);
      }
      case TIME -> {
        TimeBounds bounds = TimeBounds.of(range);
        yield bounds != null && bounds.contains(facts.timeNanos());
      }
    };
  }

  private static boolean exists(String field, EventFacts facts) {
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return Fields.paths(field).stream().anyMatch(facts::has);
    }
    return known.type() == Fields.Type.TIME || facts.has(known.name());
  }
}
