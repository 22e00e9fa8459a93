package io.levee.engine.query.eval;

import io.levee.engine.query.Spelling;
import io.levee.engine.query.eval.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression as {@code eval} and {@code where} take it. NOT binds tighter than AND, AND
 * tighter than OR, as in every programming language. Quoted text is text; a field with odd chars in
 * its name stands between single quotation marks. Used by one thread.
 */
public final class ExpressionReader {
  /** How deep expressions may nest. */
  public static final int NESTING_MAX = 50;

  private static final int UNARY_BINDING = 8;

  private final PipeText in;
  private int nesting;

  public ExpressionReader(PipeText in) {
    this.in = in;
  }

  /**
   * Takes an expression.
   *
   * @throws QueryFault when there is none
   */
  public Expression read() {
    return binary(1);
  }

  private Expression binary(int least) {
    enter();
    Expression left = operand();
    while (true) {
      int at = in.position();
      Expression in1 = least <= Operator.EQUAL.binding() ? membership(left) : null;
      if (in1 != null) {
        left = in1;
        continue;
      }
      Operator operator = operator();
      if (operator == null || operator.binding() < least) {
        in.goTo(at);
        nesting--;
        return left;
      }
      left = new Expression.Binary(operator, left, binary(operator.binding() + 1));
    }
  }

  private void enter() {
    if (++nesting > NESTING_MAX) {
      throw in.wrong("nested deeper than " + NESTING_MAX);
    }
  }

  /** {@code x IN (1, 2)}, {@code x NOT IN (…)}. */
  private @Nullable Expression membership(Expression left) {
    int at = in.position();
    boolean not = in.takeWord("NOT");
    if (!in.takeWord("IN") || !in.take("(")) {
      in.goTo(at);
      return null;
    }
    List<Expression> arguments = new ArrayList<>(List.of(left));
    arguments.addAll(arguments("IN"));
    Expression membership = new Expression.Call(Functions.required("in"), arguments);
    return not ? new Expression.Unary(Operator.NOT, membership) : membership;
  }

  private @Nullable Operator operator() {
    in.skipBlanks();
    for (Operator word : List.of(Operator.OR, Operator.XOR, Operator.AND, Operator.LIKE)) {
      if (in.takeWord(word.sign())) {
        return word;
      }
    }
    if (in.take("&&")) {
      return Operator.AND;
    }
    if (in.take("||")) {
      return Operator.OR;
    }
    if (in.take("==")) {
      return Operator.EQUAL;
    }
    for (Operator sign :
        List.of(
            Operator.DIFFERENT,
            Operator.AT_MOST,
            Operator.AT_LEAST,
            Operator.LESS,
            Operator.GREATER,
            Operator.EQUAL,
            Operator.JOIN,
            Operator.PLUS,
            Operator.MINUS,
            Operator.TIMES,
            Operator.DIVIDED,
            Operator.REMAINDER)) {
      if (in.take(sign.sign())) {
        return sign;
      }
    }
    return null;
  }

  private Expression operand() {
    in.skipBlanks();
    char next = in.peek();
    if (in.takeWord("NOT") || (next == '!' && in.take("!"))) {
      return new Expression.Unary(Operator.NOT, binary(Operator.NOT.binding()));
    }
    if (next == '-') {
      in.take("-");
      return new Expression.Unary(Operator.MINUS, binary(UNARY_BINDING));
    }
    if (next == '(') {
      in.take("(");
      Expression inner = binary(1);
      in.expect(")", "a parenthesis");
      return inner;
    }
    if (next == '"') {
      return new Expression.Literal(Value.text(in.quoted()));
    }
    if (next == '\'') {
      return new Expression.FieldRef(in.quoted());
    }
    return nameOrNumber();
  }

  private Expression nameOrNumber() {
    int at = in.position();
    String word = in.name();
    if (word.length() > 1 && word.endsWith(".")) {
      word = word.substring(0, word.length() - 1); // host."text" joins.
      in.goTo(in.position() - 1);
    }
    if (word.isEmpty()) {
      throw in.wrong("an expression needs a field, a value or a function here");
    }
    double number = io.levee.engine.query.Values.number(word);
    if (!Double.isNaN(number)) {
      return new Expression.Literal(Value.number(number));
    }
    if (Character.isDigit(word.charAt(0))) {
      in.goTo(at);
      throw in.wrong("neither a number nor a field; text stands in quotation marks");
    }
    if (in.peek() == '(') {
      return call(word, at);
    }
    return switch (PipeText.lower(word)) {
      case "true" -> new Expression.Literal(Value.bool(true));
      case "false" -> new Expression.Literal(Value.bool(false));
      case "null" -> new Expression.Literal(Value.nothing());
      default -> new Expression.FieldRef(word);
    };
  }

  private Expression call(String name, int at) {
    Function function = Functions.find(name);
    if (function == null) {
      throw new QueryFault(
          name + ": no function of that name",
          at,
          name.length(),
          Spelling.nearest(name, Functions.names()));
    }
    in.take("(");
    List<Expression> arguments = in.take(")") ? List.of() : arguments(name);
    if (arguments.size() < function.least() || arguments.size() > function.most()) {
      throw new QueryFault(
          function.name()
              + ": "
              + arguments.size()
              + " arguments (expected: "
              + function.signature()
              + ")",
          at,
          name.length(),
          null);
    }
    checkPattern(function, arguments, at);
    return new Expression.Call(function, arguments);
  }

  /** A pattern that is written out is looked at now, not at the first row. */
  private static void checkPattern(Function function, List<Expression> arguments, int at) {
    boolean takesPattern = function.name().equals("match") || function.name().equals("replace");
    if (takesPattern && arguments.get(1) instanceof Expression.Literal(Value pattern)) {
      try {
        Patterns.regex(pattern.asText());
      } catch (IllegalArgumentException e) {
        String message = function.name() + ": " + e.getMessage() + ": " + pattern.asText();
        throw new QueryFault(message, at, function.name().length(), null);
      }
    }
  }

  /** Up to the closing parenthesis, which is taken. */
  private List<Expression> arguments(String where) {
    List<Expression> arguments = new ArrayList<>();
    do {
      arguments.add(binary(1));
    } while (in.take(","));
    in.expect(")", where);
    return arguments;
  }
}
