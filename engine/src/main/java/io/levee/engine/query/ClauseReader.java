package io.levee.engine.query;

import io.levee.engine.query.QueryLexer.Word;
import io.levee.engine.query.QueryParser.Wrong;
import io.levee.event.EventId;
import io.levee.event.Kind;
import io.levee.event.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a single word, phrase or comparison of a query. Used by one parser. */
final class ClauseReader {
  /**
   * The left side of a comparison.
   *
   * @param field by its name in the tree; null for the whole event
   * @param operator one of {@code : = != < <= > >= IN}
   */
  record Name(@Nullable String field, String operator, int position) {}

  private static final List<String> LEVEL_WORDS =
      List.of("FATAL", "CRITICAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "TRACE");
  private static final Map<String, Double> MILLIS =
      Map.of("ms", 1.0, "s", 1_000.0, "m", 60_000.0, "h", 3_600_000.0);
  private static final String EXISTS = "_exists_";

  private final QueryLexer in;
  private final List<String> hints = new ArrayList<>();
  private int terms;

  ClauseReader(QueryLexer in) {
    this.in = in;
  }

  List<String> hints() {
    return hints;
  }

  /** Takes a field's name and the operator behind it; takes nothing and gives null otherwise. */
  @Nullable Name name() {
    int start = in.position();
    char first = in.peek();
    if (!(Character.isLetter(first) || first == '_' || first == '@')) {
      return null;
    }
    Word word = in.word(":=<>!~^,");
    int behind = in.position();
    in.skipBlanks();
    String operator = operator(in.position() > behind);
    if (operator == null || word.wild() || !meantAsName(word.text(), operator)) {
      in.goTo(start);
      return null;
    }
    String field = Fields.canonical(word.text());
    hint(word.text(), field);
    return new Name(field.equals(Fields.ANYWHERE) ? null : field, operator, start);
  }

  private @Nullable String operator(boolean afterBlank) {
    if (!afterBlank) {
      String operator = in.takeFirst("!=", "<=", ">=", "<", ">", "=", ":");
      return operator == null ? null : refined(operator);
    }
    if (in.lookingAtOperator("IN", "IN")) {
      int at = in.position();
      in.takeFirst("IN");
      in.skipBlanks();
      if (in.peek() == '(') {
        return "IN";
      }
      in.goTo(at);
      return null;
    }
    return in.takeFirst("!=", "<=", ">=", "<", ">", "=");
  }

  /** {@code status:>=500} is {@code status>=500}. */
  private String refined(String operator) {
    if (!operator.equals(":") && !operator.equals("=")) {
      return operator;
    }
    String second = in.takeFirst("<=", ">=", "<", ">");
    return second == null ? operator : second;
  }

  /** A pasted {@code TypeError: x} or {@code http://x} names no field. */
  private boolean meantAsName(String word, String operator) {
    char next = in.peek();
    if (operator.equals(":") && next == '/') {
      int at = in.position();
      boolean address = in.takeFirst("//") != null;
      in.goTo(at);
      return !address;
    }
    boolean apart = in.atEnd() || Character.isWhitespace(next) || next == ':';
    return !apart || Fields.find(word) != null || word.equals(EXISTS);
  }

  private void hint(String written, String field) {
    if (Fields.find(field) != null || field.equals(EXISTS) || field.indexOf('.') >= 0) {
      return;
    }
    String nearest = Fields.nearest(written);
    if (nearest != null) {
      hints.add(
          written + ": looked for in tags, extra and contexts; did you mean " + nearest + "?");
    }
  }

  /** A comparison of which the name has been read. */
  Query compared(Name name) {
    String field = name.field();
    if ("earliest".equals(field) || "latest".equals(field)) {
      throw new Wrong(field + ": the time is chosen beside the query", name.position(), null);
    }
    in.skipBlanks();
    return switch (name.operator()) {
      case "IN" -> oneOf(name);
      case "!=" -> different(field);
      case "<" -> range(field, null, false, bound(name), false);
      case "<=" -> range(field, null, false, bound(name), true);
      case ">" -> range(field, bound(name), false, null, false);
      case ">=" -> range(field, bound(name), true, null, false);
      default -> EXISTS.equals(field) ? exists() : value(field);
    };
  }

  private Query exists() {
    Word word = in.word("");
    if (word.text().isEmpty()) {
      throw new Wrong("_exists_ needs a field's name", word.position(), null);
    }
    count(word.position());
    return new Query.Exists(Fields.canonical(word.text()));
  }

  private Query different(@Nullable String field) {
    Query not = new Query.Not(value(field));
    return field == null ? not : new Query.And(List.of(new Query.Exists(field), not));
  }

  private Query oneOf(Name name) {
    in.take('(');
    List<Query> values = new ArrayList<>();
    while (true) {
      in.skipBlanks();
      if (in.take(')')) {
        break;
      }
      if (in.take(',')) {
        continue;
      }
      if (in.atEnd() || in.peek() == '(') {
        throw new Wrong("IN ( … ) that is never closed", name.position(), null);
      }
      values.add(value(name.field(), ","));
    }
    if (values.isEmpty()) {
      throw new Wrong("IN ( ) needs a value", name.position(), null);
    }
    return values.size() == 1 ? values.getFirst() : new Query.Or(values);
  }

  /** A word or phrase without a name of its own. */
  Query bare(@Nullable String field) {
    return value(field, "");
  }

  private Query value(@Nullable String field) {
    return value(field, "");
  }

  private Query value(@Nullable String field, String ends) {
    int at = in.position();
    count(at);
    if (in.peek() == '"') {
      return phrase(field, in.phrase(), at);
    }
    if (field != null && (in.peek() == '[' || in.peek() == '{')) {
      return bracketed(field);
    }
    String regex = in.peek() == '/' ? in.regex() : null;
    if (regex != null) {
      return regex(field, regex, at);
    }
    Word word = in.word(ends);
    if (word.text().isEmpty()) {
      throw new Wrong(
          field == null ? "a word is missing" : field + ": a value is missing", at, null);
    }
    return word(field, word);
  }

  private static Query phrase(@Nullable String field, String phrase, int at) {
    return field == null || Fields.find(field) == null || text(field)
        ? new Query.Phrase(field, phrase)
        : exactly(field, phrase, at);
  }

  private static Query regex(@Nullable String field, String pattern, int at) {
    try {
      ValuePattern.regex(pattern);
      return new Query.Regex(field, pattern);
    } catch (IllegalArgumentException e) {
      throw new Wrong(String.valueOf(e.getMessage()), at, null);
    }
  }

  private static Query word(@Nullable String field, Word word) {
    if (word.pattern().matches("[*]+") || (field == null && word.text().equals("*:*"))) {
      return field == null ? new Query.All() : new Query.Exists(field);
    }
    if (field != null && !text(field)) {
      if (!word.wild() && AddressBlock.parse(word.text()) != null) {
        return new Query.Cidr(field, word.text());
      }
      return word.wild()
          ? new Query.Wildcard(field, word.pattern())
          : exactly(field, word.text(), word.position());
    }
    if (field == null && LEVEL_WORDS.contains(word.text())) {
      return new Query.Term("level", levelOf(word.text(), word.position()));
    }
    return word.wild() ? cutAtSeparators(field, word) : plain(field, word.text());
  }

  /** A bare word of nothing but punctuation asks for nothing. */
  private static Query plain(@Nullable String field, String text) {
    return field == null && WordScanner.words(text).isEmpty()
        ? new Query.All()
        : new Query.Term(field, text);
  }

  /** Patterns are laid over single words, so {@code shop/check*} is cut as a text would be. */
  private static Query cutAtSeparators(@Nullable String field, Word word) {
    List<Query> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    String pattern = word.pattern() + " ";
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escape = c == '\\' && i + 1 < pattern.length();
      char meant = escape ? pattern.charAt(++i) : c;
      if ((!escape && (c == '*' || c == '?')) || WordScanner.standsInWord(meant)) {
        part.append(meant);
      } else if (!part.isEmpty()) {
        addPart(parts, field, part.toString());
        part.setLength(0);
      }
    }
    return parts.isEmpty()
        ? new Query.All()
        : parts.size() == 1 ? parts.getFirst() : new Query.And(parts);
  }

  private static void addPart(List<Query> parts, @Nullable String field, String part) {
    boolean wild = part.indexOf('*') >= 0 || part.indexOf('?') >= 0;
    if (!wild) {
      parts.add(new Query.Term(field, part));
    } else if (!part.matches("[*]+")) {
      parts.add(new Query.Wildcard(field, part));
    }
  }

  private static boolean text(@Nullable String field) {
    Fields.Field known = field == null ? null : Fields.find(field);
    return known != null && known.type() == Fields.Type.TEXT;
  }

  private static Query exactly(String field, String value, int at) {
    return new Query.Term(field, checked(field, value, at));
  }

  /** The value as the field has it, or the reason why it can't have it. */
  private static String checked(String field, String value, int at) {
    Fields.Field known = Fields.find(field);
    if (known == null) {
      return value;
    }
    return switch (known.type()) {
      case EXACT ->
          switch (field) {
            case "level" -> levelOf(value, at);
            case "kind" -> kindOf(value, at);
            case "id" -> idOf(value);
            default -> value;
          };
      case TEXT -> value;
      case NUMBER -> number(field, value, at);
      case TIME -> {
        if (Values.timeSpan(value) == null) {
          throw new Wrong(
              field + ": \"" + value + "\" (expected: a time such as 2026-11-21T10:00:00Z)",
              at,
              null);
        }
        yield value;
      }
    };
  }

  private static String levelOf(String word, int at) {
    Level level = Level.parse(word);
    if (level != null) {
      return level.wireName();
    }
    List<String> names = Arrays.stream(Level.values()).map(Level::wireName).toList();
    throw unknown("level", word, names, at);
  }

  private static String kindOf(String word, int at) {
    Kind kind = Kind.parse(word);
    if (kind != null) {
      return kind.wireName();
    }
    List<String> names = Arrays.stream(Kind.values()).map(Kind::wireName).toList();
    throw unknown("kind", word, names, at);
  }

  /** Without the dashes of a UUID. */
  private static String idOf(String value) {
    EventId id = EventId.parse(value);
    return id == null ? value : id.toString();
  }

  private static Wrong unknown(String field, String word, List<String> names, int at) {
    return new Wrong(
        field + ": \"" + word + "\" (expected: " + String.join(", ", names) + ")",
        at,
        Spelling.nearest(word, names));
  }

  private static String number(String field, String value, int at) {
    if (!Double.isNaN(Values.number(value))) {
      return value;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    int unitAt = lower.length();
    while (unitAt > 0 && Character.isLetter(lower.charAt(unitAt - 1))) {
      unitAt--;
    }
    double number = Values.number(lower.substring(0, unitAt));
    Double factor = MILLIS.get(lower.substring(unitAt));
    if (field.equals("duration") && factor != null && !Double.isNaN(number)) {
      return Double.toString(number * factor);
    }
    throw new Wrong(field + ": \"" + value + "\" (expected: a number)", at, null);
  }

  private String bound(Name name) {
    int at = in.position();
    count(at);
    String value = in.peek() == '"' ? in.phrase() : in.word("").text();
    if (value.isEmpty()) {
      throw new Wrong(name.field() + ": a value is missing", at, null);
    }
    return name.field() == null ? value : checkedBound(name.field(), value, at);
  }

  private static String checkedBound(String field, String value, int at) {
    return checked(field, value, at);
  }

  private Query bracketed(String field) {
    int opened = in.position();
    boolean includesFrom = in.take('[');
    if (!includesFrom) {
      in.take('{');
    }
    String from = bracketedBound(field, opened);
    in.skipBlanks();
    if (in.takeFirst("TO", "to") == null) {
      throw new Wrong(field + ": a range needs TO between its bounds", in.position(), null);
    }
    String to = bracketedBound(field, opened);
    in.skipBlanks();
    boolean includesTo = in.take(']');
    if (!includesTo && !in.take('}')) {
      throw new Wrong(field + ": a range that is never closed", opened, null);
    }
    in.skipSuffix();
    return from == null && to == null
        ? new Query.Exists(field)
        : range(field, from, includesFrom, to, includesTo);
  }

  private @Nullable String bracketedBound(String field, int opened) {
    in.skipBlanks();
    int at = in.position();
    String value = in.peek() == '"' ? in.phrase() : in.word("]}").text();
    if (value.isEmpty()) {
      throw new Wrong(field + ": a range needs two bounds", opened, null);
    }
    return value.equals("*") ? null : checkedBound(field, value, at);
  }

  private static Query range(
      @Nullable String field,
      @Nullable String from,
      boolean includesFrom,
      @Nullable String to,
      boolean includesTo) {
    if (field == null) {
      return new Query.Term(null, from != null ? from : String.valueOf(to));
    }
    return field.equals("level")
        ? levels(from, includesFrom, to, includesTo)
        : new Query.Range(field, from, includesFrom, to, includesTo);
  }

  /** Levels compare by how bad they are. */
  private static Query levels(
      @Nullable String from, boolean includesFrom, @Nullable String to, boolean includesTo) {
    int lowest = severity(from, 0) + (from == null || includesFrom ? 0 : 1);
    int highest = severity(to, Level.values().length - 1) - (to == null || includesTo ? 0 : 1);
    List<Query> levels = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level.code() >= lowest && level.code() <= highest) {
        levels.add(new Query.Term("level", level.wireName()));
      }
    }
    return levels.size() == 1 ? levels.getFirst() : new Query.Or(levels);
  }

  private static int severity(@Nullable String word, int otherwise) {
    Level level = word == null ? null : Level.parse(word);
    return level == null ? otherwise : level.code();
  }

  private void count(int at) {
    if (++terms > QueryParser.TERMS_MAX) {
      throw new Wrong("more than " + QueryParser.TERMS_MAX + " words and values", at, null);
    }
  }
}
