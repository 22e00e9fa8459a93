package io.levee.engine.ask;

import io.levee.engine.query.Fields;
import io.levee.engine.query.Query;
import io.levee.engine.query.eval.Expression;
import io.levee.engine.query.eval.Expression.Operator;
import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A filter in two: what the index knows, and what is computed for each row.
 *
 * @param rest null when the index knows all of it
 */
record FilterSplit(Query indexed, @Nullable Query rest) {
  private static final Set<String> COMPUTED =
      new TreeSet<>(
          List.of(
              "date_second",
              "date_minute",
              "date_hour",
              "date_mday",
              "date_wday",
              "date_month",
              "date_year",
              "date_zone",
              "_indextime",
              "linecount",
              "punct"));

  static FilterSplit of(Query filter) {
    if (filter instanceof Query.And(List<Query> parts)) {
      List<Query> indexed = new ArrayList<>();
      List<Query> rest = new ArrayList<>();
      parts.forEach(part -> (computed(part) ? rest : indexed).add(part));
      return new FilterSplit(new Query.And(indexed), rest.isEmpty() ? null : new Query.And(rest));
    }
    return computed(filter)
        ? new FilterSplit(new Query.All(), filter)
        : new FilterSplit(filter, null);
  }

  private static boolean computed(Query part) {
    return switch (part) {
      case Query.And and -> and.parts().stream().anyMatch(FilterSplit::computed);
      case Query.Or or -> or.parts().stream().anyMatch(FilterSplit::computed);
      case Query.Not not -> computed(not.part());
      case Query.Term term -> computed(term.field());
      case Query.Phrase phrase -> computed(phrase.field());
      case Query.Wildcard wildcard -> computed(wildcard.field());
      case Query.Regex regex -> computed(regex.field());
      case Query.Cidr cidr -> computed(cidr.field());
      case Query.Range range -> computed(range.field());
      case Query.Exists exists -> computed(exists.field());
      case Query.All ignored -> false;
    };
  }

  private static boolean computed(@Nullable String field) {
    return field != null && COMPUTED.contains(field);
  }

  /** Filters that hold wherever a condition holds: the index can leave the rest unread. */
  static List<Query> implied(Expression condition) {
    if (!(condition instanceof Expression.Binary(var operator, var left, var right))) {
      return List.of();
    }
    if (operator == Operator.AND) {
      List<Query> both = new ArrayList<>(implied(left));
      both.addAll(implied(right));
      return both;
    }
    if (left instanceof Expression.FieldRef(String name)
        && right instanceof Expression.Literal(Value value)) {
      Query implied = implied(operator, name, value);
      return implied == null ? List.of() : List.of(implied);
    }
    return List.of();
  }

  private static @Nullable Query implied(Operator operator, String name, Value value) {
    Fields.Field field = Fields.find(name);
    if (field == null || field.name().equals("id") || !name.equals(field.name())) {
      return null;
    }
    boolean single = field.faceted() && field.type() == Fields.Type.EXACT;
    if (single && operator == Operator.EQUAL && value instanceof Value.Text(String text)) {
      return new Query.Term(name, text);
    }
    if (field.type() != Fields.Type.NUMBER || !(value instanceof Value.Num)) {
      return null;
    }
    String bound = value.asText();
    return switch (operator) {
      case EQUAL -> new Query.Range(name, bound, true, bound, true);
      case LESS -> new Query.Range(name, null, true, bound, false);
      case AT_MOST -> new Query.Range(name, null, true, bound, true);
      case GREATER -> new Query.Range(name, bound, false, null, true);
      case AT_LEAST -> new Query.Range(name, bound, true, null, true);
      default -> null;
    };
  }

  /** How many patterns of a filter look at every word. */
  static int leadingWildcards(Query part) {
    return switch (part) {
      case Query.And and -> and.parts().stream().mapToInt(FilterSplit::leadingWildcards).sum();
      case Query.Or or -> or.parts().stream().mapToInt(FilterSplit::leadingWildcards).sum();
      case Query.Not not -> leadingWildcards(not.part());
      case Query.Wildcard wildcard ->
          wildcard.pattern().startsWith("*") || wildcard.pattern().startsWith("?") ? 1 : 0;
      case Query.Regex ignored -> 1;
      case Query.Term ignored -> 0;
      case Query.Phrase ignored -> 0;
      case Query.Cidr ignored -> 0;
      case Query.Range ignored -> 0;
      case Query.Exists ignored -> 0;
      case Query.All ignored -> 0;
    };
  }
}
