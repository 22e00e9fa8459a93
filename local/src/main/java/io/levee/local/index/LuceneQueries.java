package io.levee.local.index;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.Fields;
import io.levee.engine.query.NumberRange;
import io.levee.engine.query.Query;
import io.levee.engine.query.QueryMatcher;
import io.levee.engine.query.TimeBounds;
import io.levee.engine.query.ValuePattern;
import io.levee.engine.query.Values;
import io.levee.engine.query.WordScanner;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Says a query in Lucene's words; must mean what {@link QueryMatcher} means. */
final class LuceneQueries {
  private LuceneQueries() {}

  /** The part of a query that does not depend on the slice: what is sought, within the scope. */
  static org.apache.lucene.search.Query scoped(ProjectScope scope, Query query) {
    return within(scope, translate(query));
  }

  /** What is found in the projects of a scope. */
  static org.apache.lucene.search.Query within(
      ProjectScope scope, org.apache.lucene.search.Query sought) {
    org.apache.lucene.search.Query projects = projects(scope);
    if (sought instanceof MatchAllDocsQuery) {
      return projects;
    }
    return new BooleanQuery.Builder().add(projects, Occur.FILTER).add(sought, Occur.FILTER).build();
  }

  /** Events of one project. */
  static org.apache.lucene.search.Query project(ProjectId project) {
    return new TermQuery(new Term(Schema.EXACT, Schema.exact("project", project.toString())));
  }

  /** Events of the projects of a scope. */
  static org.apache.lucene.search.Query projects(ProjectScope scope) {
    if (scope.projects().size() == 1) {
      return project(scope.projects().iterator().next());
    }
    List<BytesRef> terms = new ArrayList<>();
    scope.projects().forEach(p -> terms.add(new BytesRef(Schema.exact("project", p.toString()))));
    return new TermInSetQuery(Schema.EXACT, terms);
  }

  /** What both find. */
  static org.apache.lucene.search.Query both(
      org.apache.lucene.search.Query one, org.apache.lucene.search.Query other) {
    return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.FILTER).build();
  }

  /** What the first finds and the second doesn't. */
  static org.apache.lucene.search.Query butNot(
      org.apache.lucene.search.Query one, org.apache.lucene.search.Query other) {
    return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.MUST_NOT).build();
  }

  /** The same, between two times. */
  static org.apache.lucene.search.Query between(
      org.apache.lucene.search.Query query, long fromNanos, long toNanosIncluded) {
    return new BooleanQuery.Builder()
        .add(query, Occur.FILTER)
        .add(
            NumericDocValuesField.newSlowRangeQuery(Schema.TIME, fromNanos, toNanosIncluded),
            Occur.FILTER)
        .build();
  }

  static org.apache.lucene.search.Query translate(Query query) {
    return switch (query) {
      case Query.All ignored -> MatchAllDocsQuery.INSTANCE;
      case Query.And and -> all(and.parts());
      case Query.Or or -> any(or.parts().stream().map(LuceneQueries::translate).toList());
      case Query.Not not -> not(translate(not.part()));
      case Query.Term term -> value(term.field(), term.value());
      case Query.Phrase phrase -> value(phrase.field(), phrase.text());
      case Query.Wildcard wildcard ->
          pattern(wildcard.field(), ValuePattern.wildcard(wildcard.pattern()));
      case Query.Regex regex -> pattern(regex.field(), ValuePattern.regex(regex.pattern()));
      case Query.Cidr cidr -> pattern(cidr.field(), ValuePattern.cidr(cidr.block()));
      case Query.Range range -> range(range);
      case Query.Exists exists -> exists(exists.field());
    };
  }

  private static org.apache.lucene.search.Query all(List<Query> parts) {
    if (parts.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean positive = false;
    for (Query part : parts) {
      if (part instanceof Query.Not(Query inner)) {
        all.add(translate(inner), Occur.MUST_NOT);
      } else {
        all.add(translate(part), Occur.FILTER);
        positive = true;
      }
    }
    if (!positive) {
      all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return all.build();
  }

  private static org.apache.lucene.search.Query any(
      List<? extends org.apache.lucene.search.Query> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    parts.forEach(part -> any.add(part, Occur.SHOULD));
    return parts.isEmpty()
        ? new MatchNoDocsQuery("no value of this field is like that")
        : any.build();
  }

  private static org.apache.lucene.search.Query not(org.apache.lucene.search.Query part) {
    return new BooleanQuery.Builder()
        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
        .add(part, Occur.MUST_NOT)
        .build();
  }

  private static org.apache.lucene.search.Query value(@Nullable String field, String value) {
    if (field == null) {
      return anywhere(value);
    }
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return anyExact(Fields.paths(field), Values.fold(value));
    }
    return switch (known.type()) {
      case EXACT -> known.name().equals("id") ? id(value) : exact(known.name(), value);
      case TEXT -> inTexts(known.name(), lucene -> phrase(lucene, value));
      case NUMBER -> {
        double number = Values.number(value);
        yield Double.isNaN(number)
            ? new MatchNoDocsQuery("no value of this field is like that")
            : numbers(known.name(), new NumberRange(number, number));
      }
      case TIME -> {
        Values.TimeSpan span = Values.timeSpan(value);
        yield span == null
            ? new MatchNoDocsQuery("no value of this field is like that")
            : NumericDocValuesField.newSlowRangeQuery(Schema.TIME, span.from(), span.to() - 1);
      }
    };
  }

  private static org.apache.lucene.search.Query anywhere(String value) {
    List<org.apache.lucene.search.Query> found = new ArrayList<>();
    found.add(words(lucene -> phrase(lucene, value)));
    List<String> spoken = WordScanner.words(value);
    if (spoken.size() == 1) {
      found.addAll(TraceIds.spokenOf(spoken.getFirst()));
    }
    EventId id = EventId.parse(value);
    if (id != null) {
      found.add(id(id.toString()));
      found.add(exact("trace_id", id.toString()));
      found.add(exact("fingerprint", id.toString()));
    }
    return any(found);
  }

  private static org.apache.lucene.search.Query id(String value) {
    EventId id = value.indexOf('-') >= 0 ? null : EventId.parse(value);
    return id == null
        ? new MatchNoDocsQuery("no value of this field is like that")
        : new PrefixQuery(new Term(Schema.KEY, Schema.keyPrefix(id)));
  }

  private static org.apache.lucene.search.Query exact(String name, String value) {
    if (Schema.packs(name)) {
      return TraceIds.term(Values.fold(value));
    }
    String term = Schema.exact(name, Values.fold(value));
    return exacts(name, lucene -> new TermQuery(new Term(lucene, term)));
  }

  /** Applies to the words of events and, in their place, to those of their stacks. */
  private static org.apache.lucene.search.Query words(
      Function<String, org.apache.lucene.search.Query> one) {
    return any(List.of(one.apply(Schema.WORDS), new InStackQuery(one.apply(Schema.STACK_WORDS))));
  }

  /** The same for the terms of an exact field, if stacks have such. */
  private static org.apache.lucene.search.Query exacts(
      String name, Function<String, org.apache.lucene.search.Query> one) {
    org.apache.lucene.search.Query ofEvents = one.apply(Schema.EXACT);
    return EventFields.CODE_FIELDS.contains(name)
        ? any(List.of(ofEvents, new InStackQuery(one.apply(Schema.STACK_EXACT))))
        : ofEvents;
  }

  private static org.apache.lucene.search.Query anyExact(List<String> paths, String folded) {
    org.apache.lucene.search.Query terms =
        new TermInSetQuery(
            Schema.EXACT,
            paths.stream().map(path -> new BytesRef(Schema.exact(path, folded))).toList());
    return paths.contains(TraceIds.TRACE)
        ? any(List.of(terms, TraceIds.same(TraceIds.term(folded))))
        : terms;
  }

  private static org.apache.lucene.search.Query phrase(String luceneField, String text) {
    List<String> words = WordScanner.words(text);
    return switch (words.size()) {
      case 0 -> new MatchNoDocsQuery("no value of this field is like that");
      case 1 -> new TermQuery(new Term(luceneField, words.getFirst()));
      default -> new PhraseQuery(luceneField, words.toArray(String[]::new));
    };
  }

  private static org.apache.lucene.search.Query inTexts(
      String field, Function<String, org.apache.lucene.search.Query> one) {
    return any(
        QueryMatcher.textFields(field).stream()
            .map(name -> one.apply(Schema.TEXT_PREFIX + name))
            .toList());
  }

  private static org.apache.lucene.search.Query pattern(
      @Nullable String field, ValuePattern pattern) {
    if (field == null) {
      List<org.apache.lucene.search.Query> found = new ArrayList<>(TraceIds.spokenOf(pattern));
      found.add(words(lucene -> new PatternQuery(lucene, "", pattern, false)));
      return any(found);
    }
    return inValues(
        field,
        (lucene, prefix) -> new PatternQuery(lucene, prefix, pattern, false),
        () -> new PatternQuery(Schema.KEY, "", pattern, true));
  }

  /** Applies to every place where the values of a field lie: Lucene field and terms' beginning. */
  private static org.apache.lucene.search.Query inValues(
      String field,
      BiFunction<String, String, org.apache.lucene.search.Query> one,
      Supplier<org.apache.lucene.search.Query> ofIds) {
    Fields.Field known = Fields.find(field);
    if (known == null) {
      List<org.apache.lucene.search.Query> found = new ArrayList<>();
      for (String path : Fields.paths(field)) {
        found.add(one.apply(Schema.EXACT, Schema.exact(path, "")));
        if (path.equals(TraceIds.TRACE)) {
          found.add(TraceIds.same(one.apply(Schema.EXACT, TraceIds.fieldPrefix())));
        }
      }
      return any(found);
    }
    return switch (known.type()) {
      case EXACT, NUMBER ->
          known.name().equals("id")
              ? ofIds.get()
              : exacts(known.name(), lucene -> one.apply(lucene, Schema.exact(known.name(), "")));
      case TEXT -> inTexts(known.name(), lucene -> one.apply(lucene, ""));
      case TIME -> new MatchNoDocsQuery("no value of this field is like that");
    };
  }

  private static org.apache.lucene.search.Query range(Query.Range range) {
    Fields.Field known = Fields.find(range.field());
    NumberRange numbers = NumberRange.of(range);
    if (known == null) {
      return numbers == null
          ? textRange(range)
          : any(Fields.paths(range.field()).stream().map(path -> numbers(path, numbers)).toList());
    }
    return switch (known.type()) {
      case EXACT, TEXT -> textRange(range);
      case NUMBER ->
          numbers == null
              ? new MatchNoDocsQuery("no value of this field is like that")
              : numbers(known.name(), numbers);
      case TIME -> {
        TimeBounds bounds = TimeBounds.of(range);
        yield bounds == null || bounds.from() > bounds.to()
            ? new MatchNoDocsQuery("no value of this field is like that")
            : NumericDocValuesField.newSlowRangeQuery(Schema.TIME, bounds.from(), bounds.to());
      }
    };
  }

  private static org.apache.lucene.search.Query numbers(String name, NumberRange range) {
    return range.from() > range.to()
        ? new MatchNoDocsQuery("no value of this field is like that")
        : BinaryPoint.newRangeQuery(
            Schema.NUMBER, Schema.number(name, range.from()), Schema.number(name, range.to()));
  }

  private static org.apache.lucene.search.Query textRange(Query.Range range) {
    return inValues(
        range.field(),
        (lucene, prefix) -> termRange(lucene, prefix, range),
        () -> new PatternQuery(Schema.KEY, "", ValuePattern.between(range), true));
  }

  private static org.apache.lucene.search.Query termRange(
      String lucene, String prefix, Query.Range range) {
    if (prefix.equals(TraceIds.fieldPrefix())) {
      return new PatternQuery(lucene, prefix, ValuePattern.between(range), false);
    }
    BytesRef from = new BytesRef(prefix + (range.from() == null ? "" : Values.fold(range.from())));
    boolean includesFrom = range.from() == null || range.includesFrom();
    if (range.to() != null) {
      BytesRef to = new BytesRef(prefix + Values.fold(range.to()));
      return new TermRangeQuery(lucene, from, to, includesFrom, range.includesTo());
    }
    return new TermRangeQuery(
        lucene, from, prefix.isEmpty() ? null : behind(prefix), includesFrom, false);
  }

  /** The first term that does not begin with this; the prefix ends with an ASCII separator. */
  private static BytesRef behind(String prefix) {
    BytesRef bytes = new BytesRef(prefix);
    bytes.bytes[bytes.offset + bytes.length - 1]++;
    return bytes;
  }

  private static org.apache.lucene.search.Query exists(String field) {
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return new TermInSetQuery(
          Schema.EXACT,
          Fields.paths(field).stream().map(path -> new BytesRef(Schema.exists(path))).toList());
    }
    return known.type() == Fields.Type.TIME || known.name().equals("id")
        ? MatchAllDocsQuery.INSTANCE
        : exacts(
            known.name(), lucene -> new TermQuery(new Term(lucene, Schema.exists(known.name()))));
  }
}
