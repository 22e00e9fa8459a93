package io.levee.engine.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of what people know from Lucene and from Splunk's search, mixed as they like:
 *
 * <pre>
 * checkout failed           both words, anywhere          "order 17 failed"     next to each other
 * a OR b   a || b           NOT a  !a  -a   a AND b  +a    ( … )
 * check*  f?o  /reg.x/      on words, or on the whole value of an exact field
 * level:error  level=error  level!=error  level IN (error, fatal)  level&gt;=warning
 * status:[500 TO 599}  status:&gt;=500  status&gt;=500  duration&gt;2s  time:2026-11-21
 * title:"a b"  title:(a OR b)  _exists_:release  release:*  extra.order.total:&gt;100
 * ERROR  WARN …             in capitals: the level
 * </pre>
 *
 * NOT binds tightest, then OR, then AND (written or not), as in Splunk's search. {@code f!=v} asks
 * for events that have the field with another value; {@code NOT f=v} also finds those without it.
 * {@code ~2} and {@code ^3} behind a word are read and ignored. A backslash makes the next
 * character an ordinary one. Pure and thread-safe; never throws, whatever the text.
 */
public final class QueryParser {
  /** The longest text, in chars. */
  public static final int TEXT_CHARS_MAX = 4096;

  /** How deep parentheses and NOT may nest. */
  public static final int NESTING_MAX = 50;

  /** How many words, values and ranges a query may have. */
  public static final int TERMS_MAX = 1_000;

  /** What came of reading. */
  public sealed interface Result {}

  /**
   * It is a query.
   *
   * @param hints what the reader may want to know, such as a name that looks misspelt
   */
  public record Parsed(Query query, List<String> hints) implements Result {
    public Parsed {
      hints = List.copyOf(hints);
    }
  }

  /**
   * It is none.
   *
   * @param position of the char where it goes wrong, from 0
   * @param suggestion the nearest word that would do, if there is one
   */
  public record SyntaxError(String message, int position, @Nullable String suggestion)
      implements Result {}

  /** Ends the reading; never leaves this package. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final @Nullable String suggestion;

    Wrong(String message, int position, @Nullable String suggestion) {
      super(message, null, false, false);
      this.position = position;
      this.suggestion = suggestion;
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  private final QueryLexer in;
  private final ClauseReader clauses;
  private int nesting;

  private QueryParser(String text) {
    this.in = new QueryLexer(text);
    this.clauses = new ClauseReader(in);
  }

  /** Reads a line; an empty one asks for everything. */
  public static Result parse(String text) {
    if (text.length() > TEXT_CHARS_MAX) {
      return new SyntaxError(
          "query: " + text.length() + " characters (expected: at most " + TEXT_CHARS_MAX + ")",
          TEXT_CHARS_MAX,
          null);
    }
    QueryParser parser = new QueryParser(text);
    try {
      Query query = parser.whole();
      return new Parsed(query, parser.clauses.hints());
    } catch (Wrong wrong) {
      return new SyntaxError(wrong.text(), wrong.position, wrong.suggestion);
    }
  }

  private Query whole() {
    Query query = all(null);
    if (!in.atEnd()) {
      throw new Wrong("a closing parenthesis without an opening one", in.position(), null);
    }
    return query;
  }

  /** Parts that must all match, up to a closing parenthesis or the end. */
  private Query all(@Nullable String field) {
    List<Query> parts = new ArrayList<>();
    while (true) {
      in.skipBlanks();
      if (in.atEnd() || in.peek() == ')') {
        return and(parts);
      }
      int at = in.position();
      if (in.takeOperator("AND", "&&")) {
        if (parts.isEmpty() || in.atEndOfGroup()) {
          throw new Wrong("AND needs something on both sides", at, null);
        }
      }
      add(parts, any(field));
    }
  }

  private static void add(List<Query> parts, Query part) {
    if (!(part instanceof Query.All)) {
      parts.add(part);
    }
  }

  private static Query and(List<Query> parts) {
    return switch (parts.size()) {
      case 0 -> new Query.All();
      case 1 -> parts.getFirst();
      default -> new Query.And(parts);
    };
  }

  /** Alternatives. */
  private Query any(@Nullable String field) {
    Query first = unary(field);
    List<Query> parts = new ArrayList<>();
    parts.add(first);
    while (true) {
      in.skipBlanks();
      int at = in.position();
      if (!in.takeOperator("OR", "||")) {
        return parts.size() == 1 ? first : new Query.Or(parts);
      }
      in.skipBlanks();
      if (in.atEndOfGroup()) {
        throw new Wrong("OR needs something on both sides", at, null);
      }
      parts.add(unary(field));
    }
  }

  private Query unary(@Nullable String field) {
    in.skipBlanks();
    int at = in.position();
    if (in.takeOperator("NOT", "!") || in.takeSign('-')) {
      if (in.atEndOfGroup()) {
        throw new Wrong("NOT needs something behind it", at, null);
      }
      return negated(nested(at, () -> unary(field)));
    }
    if (in.takeSign('+')) {
      return nested(at, () -> unary(field));
    }
    if (in.take('(')) {
      return nested(at, () -> group(at, field));
    }
    if (in.lookingAtOperator("AND", "&&") || in.lookingAtOperator("OR", "||")) {
      throw new Wrong("an operator where a word should stand", at, null);
    }
    if (in.peek() == '|') {
      throw new Wrong("commands behind | are not known here", at, null);
    }
    return clause(field, at);
  }

  private static Query negated(Query part) {
    return part instanceof Query.Not(Query inner) ? inner : new Query.Not(part);
  }

  private Query group(int opened, @Nullable String field) {
    Query query = all(field);
    if (!in.take(')')) {
      throw new Wrong("a parenthesis that is never closed", opened, null);
    }
    in.skipSuffix();
    return query;
  }

  private Query clause(@Nullable String field, int at) {
    ClauseReader.Name name = clauses.name();
    if (name == null) {
      return clauses.bare(field);
    }
    if (name.operator().equals(":") && in.take('(')) {
      return nested(at, () -> group(at, name.field()));
    }
    return clauses.compared(name);
  }

  private Query nested(int at, Supplier<Query> inner) {
    if (++nesting > NESTING_MAX) {
      throw new Wrong("nested deeper than " + NESTING_MAX, at, null);
    }
    Query query = inner.get();
    nesting--;
    return query;
  }
}
