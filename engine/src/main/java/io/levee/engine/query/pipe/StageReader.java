package io.levee.engine.query.pipe;

import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import io.levee.engine.query.Spelling;
import io.levee.engine.query.aggregate.Aggregate;
import io.levee.engine.query.aggregate.Aggregates;
import io.levee.engine.query.eval.Expression;
import io.levee.engine.query.eval.ExpressionReader;
import io.levee.engine.query.eval.PipeText;
import io.levee.engine.query.eval.QueryFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the commands read themselves with. Used by one parser. */
final class StageReader {
  private final PipeText in;
  private final String command;
  private final Function<PipeText, Pipeline> subsearches;

  /**
   * @param command the name that stands before
   * @param subsearches reads a question in brackets up to the end of the stretch
   */
  StageReader(PipeText in, String command, Function<PipeText, Pipeline> subsearches) {
    this.in = in;
    this.command = command;
    this.subsearches = subsearches;
  }

  PipeText text() {
    return in;
  }

  String command() {
    return command;
  }

  boolean atEnd() {
    return in.atEnd();
  }

  QueryFault wrong(String message) {
    return in.wrong(command + ": " + message);
  }

  /** One field's name, quoted or not. */
  String field() {
    if (in.lookingAtQuote() || in.peek() == '\'') {
      return in.quoted();
    }
    String name = in.bareWord();
    if (name.isEmpty()) {
      throw wrong("a field's name is missing");
    }
    return name;
  }

  /** Names with commas or blanks between, up to the end or one of the words. */
  List<String> fields(String... until) {
    List<String> fields = new ArrayList<>();
    while (!in.atEnd() && !lookingAt(until)) {
      fields.add(field());
      in.take(",");
    }
    if (fields.isEmpty()) {
      throw wrong("a field's name is missing");
    }
    return fields;
  }

  private boolean lookingAt(String... words) {
    for (String word : words) {
      if (in.lookingAtWord(word)) {
        return true;
      }
    }
    return false;
  }

  boolean takeWord(String word) {
    return in.takeWord(word);
  }

  boolean takeOption(String name) {
    return in.takeOption(name);
  }

  /** A whole number between bounds. */
  int number(String what, int least, int most) {
    in.skipBlanks();
    int at = in.position();
    String word = in.value();
    double value = io.levee.engine.query.Values.number(word);
    if (value != Math.rint(value) || value < least || value > most || Double.isNaN(value)) {
      String message =
          command + ": " + what + ": \"" + word + "\" (expected: " + least + ".." + most + ")";
      throw in.wrongAt(at, word, message);
    }
    return (int) value;
  }

  /** Whether a number stands here. */
  boolean lookingAtNumber() {
    in.skipBlanks();
    return Character.isDigit(in.peek());
  }

  /** true, t, 1, or false, f, 0. */
  boolean truth(String what) {
    int at = in.position();
    String word = in.value();
    return switch (word.toLowerCase(java.util.Locale.ROOT)) {
      case "t", "true", "1", "yes" -> true;
      case "f", "false", "0", "no" -> false;
      default ->
          throw in.wrongAt(
              at, word, command + ": " + what + ": \"" + word + "\" (expected: true or false)");
    };
  }

  /** A step of time that is not zero. */
  Span span() {
    in.skipBlanks();
    int at = in.position();
    String word = in.value();
    Span span = Span.parse(word);
    if (span == null) {
      String message =
          command + ": span: \"" + word + "\" (expected: a step of time such as 5m, 1h, 1d, 1mon)";
      throw in.wrongAt(at, word, message);
    }
    return span;
  }

  Expression expression() {
    return new ExpressionReader(in).read();
  }

  /** Aggregates up to {@code by}, {@code over} or the end. */
  List<Aggregate> aggregates() {
    List<Aggregate> aggregates = new ArrayList<>();
    while (!in.atEnd() && !lookingAt("by", "over")) {
      aggregates.add(aggregate());
      in.take(",");
    }
    if (aggregates.isEmpty()) {
      throw wrong("a function such as count or avg(x) is missing");
    }
    return aggregates;
  }

  private Aggregate aggregate() {
    in.skipBlanks();
    int at = in.position();
    String name = in.name();
    Aggregates.Named named = Aggregates.find(name);
    if (named == null) {
      throw new QueryFault(
          command + ": \"" + name + "\" is no function of rows",
          at,
          Math.max(1, name.length()),
          Spelling.nearest(name, Aggregates.names()));
    }
    Expression argument = null;
    boolean condition = false;
    double parameter = named.parameter();
    if (in.take("(")) {
      if (in.takeWord("eval")) {
        in.expect("(", "eval");
        condition = true;
        argument = expression();
        in.expect(")", "eval");
      } else if (!in.take(")")) {
        argument = argument();
      }
      parameter = in.take(",") ? parameter(named) : parameter;
      if (argument != null) {
        in.expect(")", name);
      }
    }
    if (argument == null && named.function().needsArgument()) {
      String message = command + ": " + name + " (expected: " + named.function().signature() + ")";
      throw in.wrongAt(at, name, message);
    }
    if (named.function().name().equals("apdex") && Double.isNaN(parameter)) {
      throw in.wrongAt(at, name, "apdex needs a threshold, as in apdex(duration, 500)");
    }
    String written = in.between(at, in.position()).strip();
    String column = in.takeWord("as") ? field() : written;
    return new Aggregate(named.function(), argument, parameter, condition, column);
  }

  /** A field, which may have odd chars in its name, or an expression. */
  private Expression argument() {
    in.skipBlanks();
    int at = in.position();
    String word = in.bareWord();
    if (!word.isEmpty() && (in.take(")") || in.take(","))) {
      in.goTo(at + word.length());
      in.skipBlanks();
      return new Expression.FieldRef(word);
    }
    in.goTo(at);
    return expression();
  }

  private double parameter(Aggregates.Named named) {
    int at = in.position();
    String word = in.value();
    double value = io.levee.engine.query.Values.number(word);
    boolean percent = named.function().name().endsWith("perc");
    if (Double.isNaN(value) || value < 0 || (percent && value > 100)) {
      String message =
          command + ": " + named.function().signature() + ": \"" + word + "\" is no such number";
      throw in.wrongAt(at, word, message);
    }
    return value;
  }

  /** {@code by a, b}; none when it isn't there. */
  List<String> by() {
    return in.takeWord("by") ? fields() : List.of();
  }

  /** A regular expression. */
  String regex() {
    in.skipBlanks();
    int at = in.position();
    String pattern = in.lookingAtQuote() ? in.quoted() : in.value();
    try {
      io.levee.engine.query.eval.Patterns.regex(pattern);
    } catch (IllegalArgumentException e) {
      throw in.wrongAt(at, pattern, command + ": " + e.getMessage() + ": " + pattern);
    }
    return pattern;
  }

  String value() {
    return in.value();
  }

  /** The rest of the stage as a filter. */
  Query filter() {
    int at = in.position();
    return switch (QueryParser.parse(in.rest())) {
      case QueryParser.Parsed parsed -> parsed.query();
      case QueryParser.SyntaxError error ->
          throw new QueryFault(error.message(), at + error.position(), 1, error.suggestion());
    };
  }

  /** A question in brackets. */
  Pipeline subsearch() {
    in.expect("[", command);
    int from = in.position();
    int end = in.end();
    int close = closing(from, end);
    in.stretch(from, close);
    Pipeline pipeline = subsearches.apply(in);
    in.stretch(close + 1, end);
    return pipeline;
  }

  private int closing(int from, int end) {
    String text = in.between(from, end);
    int depth = 1;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && c == '[') {
        depth++;
      } else if (!quoted && c == ']' && --depth == 0) {
        return from + i;
      }
    }
    throw new QueryFault(command + ": a bracket that is never closed", from - 1, 1, null);
  }
}
