package io.levee.engine.query.pipe;

import io.levee.engine.query.Fields;
import io.levee.engine.query.NumberRange;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeBounds;
import io.levee.engine.query.ValuePattern;
import io.levee.engine.query.Values;
import io.levee.engine.query.eval.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a filter means for a row: fields compare whole values in any case, words stand anywhere in
 * what the row shows. Used by one thread.
 */
final class RowMatcher {
  private final Query query;
  private final Map<Query, ValuePattern> patterns = new HashMap<>();

  RowMatcher(Query query) {
    this.query = query;
  }

  boolean matches(Row row) {
    return matches(query, row);
  }

  private boolean matches(Query part, Row row) {
    return switch (part) {
      case Query.All ignored -> true;
      case Query.And and -> and.parts().stream().allMatch(p -> matches(p, row));
      case Query.Or or -> or.parts().stream().anyMatch(p -> matches(p, row));
      case Query.Not not -> !matches(not.part(), row);
      case Query.Term term -> value(term.field(), term.value(), row);
      case Query.Phrase phrase -> value(phrase.field(), phrase.text(), row);
      case Query.Wildcard wildcard -> pattern(part, wildcard.field(), row);
      case Query.Regex regex -> pattern(part, regex.field(), row);
      case Query.Cidr cidr -> pattern(part, cidr.field(), row);
      case Query.Range range -> any(range.field(), row, value -> inRange(range, value));
      case Query.Exists exists -> !named(exists.field(), row).isNothing();
    };
  }

  private static boolean value(@Nullable String field, String sought, Row row) {
    if (field == null) {
      String lower = sought.toLowerCase(Locale.ROOT);
      return anywhere(row, text -> text.toLowerCase(Locale.ROOT).contains(lower));
    }
    double number = Values.number(sought);
    String folded = Values.fold(sought);
    return any(
        field,
        row,
        value -> Values.fold(value.asText()).equals(folded) || value.asNumber() == number);
  }

  private boolean pattern(Query part, @Nullable String field, Row row) {
    ValuePattern pattern = patterns.computeIfAbsent(part, RowMatcher::patternOf);
    return field == null
        ? anywhere(row, text -> words(text).stream().anyMatch(pattern::matches))
        : any(field, row, value -> pattern.matches(Values.fold(value.asText())));
  }

  private static ValuePattern patternOf(Query part) {
    return switch (part) {
      case Query.Wildcard wildcard -> ValuePattern.wildcard(wildcard.pattern());
      case Query.Regex regex -> ValuePattern.regex(regex.pattern());
      case Query.Cidr cidr -> ValuePattern.cidr(cidr.block());
      default -> throw new IllegalStateException("no pattern: " + part);
    };
  }

  private static List<String> words(String text) {
    return List.of(text.toLowerCase(Locale.ROOT).split("\\s+"));
  }

  private static boolean anywhere(Row row, Predicate<String> test) {
    return row.names().stream()
        .anyMatch(name -> row.get(name).items().stream().anyMatch(v -> test.test(v.asText())));
  }

  private static boolean any(String field, Row row, Predicate<Value> test) {
    return named(field, row).items().stream().anyMatch(test);
  }

  /** Filters know fields by their own names in lower case; a table calls them as it likes. */
  private static Value named(String field, Row row) {
    Value value = row.get(field);
    if (!value.isNothing()) {
      return value;
    }
    for (String name : row.assigned()) {
      if (Fields.canonical(name).equals(field)) {
        return row.get(name);
      }
    }
    return value;
  }

  private static boolean inRange(Query.Range range, Value value) {
    if (range.field().equals("time")) {
      TimeBounds bounds = TimeBounds.of(range);
      double seconds = value.asNumber();
      return bounds != null && !Double.isNaN(seconds) && bounds.contains((long) (seconds * 1e9));
    }
    NumberRange numbers = NumberRange.of(range);
    return numbers == null
        ? ValuePattern.between(range).matches(Values.fold(value.asText()))
        : numbers.contains(value.asNumber());
  }

  /** Adds the fields that a filter reads; {@code *} when it looks everywhere. */
  static void fields(Query query, Set<String> into) {
    switch (query) {
      case Query.All ignored -> {}
      case Query.And and -> and.parts().forEach(part -> fields(part, into));
      case Query.Or or -> or.parts().forEach(part -> fields(part, into));
      case Query.Not not -> fields(not.part(), into);
      case Query.Term term -> into.add(orAnywhere(term.field()));
      case Query.Phrase phrase -> into.add(orAnywhere(phrase.field()));
      case Query.Wildcard wildcard -> into.add(orAnywhere(wildcard.field()));
      case Query.Regex regex -> into.add(orAnywhere(regex.field()));
      case Query.Cidr cidr -> into.add(cidr.field());
      case Query.Range range -> into.add(range.field());
      case Query.Exists exists -> into.add(exists.field());
    }
  }

  private static String orAnywhere(@Nullable String field) {
    return field == null ? "*" : field;
  }
}
