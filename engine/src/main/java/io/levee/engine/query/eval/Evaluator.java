package io.levee.engine.query.eval;

import io.levee.engine.query.eval.Expression.Operator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;

/**
 * Computes expressions. What can't be computed, such as a sum with a word, is nothing; comparing
 * with nothing is nothing, which counts as false. Stateless.
 */
public final class Evaluator {
  private Evaluator() {}

  /** The value of an expression; never throws for what the fields hold. */
  public static Value value(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.FieldRef field -> scope.get(field.name());
      case Expression.Unary unary -> unary(unary, scope);
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Call call ->
          call.function().body().of(new Arguments(call.arguments(), scope));
    };
  }

  /** Whether an expression holds. */
  public static boolean holds(Expression expression, Scope scope) {
    return value(expression, scope).isTrue();
  }

  private static Value unary(Expression.Unary unary, Scope scope) {
    Value value = value(unary.operand(), scope);
    if (value.isNothing()) {
      return Value.nothing();
    }
    return unary.operator() == Operator.NOT
        ? Value.bool(!value.isTrue())
        : Value.number(-value.asNumber());
  }

  private static Value binary(Expression.Binary binary, Scope scope) {
    Value left = value(binary.left(), scope);
    return switch (binary.operator()) {
      case AND -> {
        if (!left.isNothing() && !left.isTrue()) {
          yield Value.bool(false);
        }
        Value right = value(binary.right(), scope);
        yield !right.isNothing() && !right.isTrue()
            ? Value.bool(false)
            : left.isNothing() || right.isNothing() ? Value.nothing() : Value.bool(true);
      }
      case OR -> {
        if (left.isTrue()) {
          yield Value.bool(true);
        }
        Value right = value(binary.right(), scope);
        yield right.isTrue()
            ? Value.bool(true)
            : left.isNothing() || right.isNothing() ? Value.nothing() : Value.bool(false);
      }
      default -> strict(binary.operator(), left, value(binary.right(), scope));
    };
  }

  private static Value strict(Operator operator, Value left, Value right) {
    if (left.isNothing() || right.isNothing()) {
      return Value.nothing();
    }
    return switch (operator) {
      case XOR -> Value.bool(left.isTrue() != right.isTrue());
      case EQUAL -> Value.bool(equal(left, right));
      case DIFFERENT -> Value.bool(!equal(left, right));
      case LESS -> compared(left, right, order -> order < 0);
      case AT_MOST -> compared(left, right, order -> order <= 0);
      case GREATER -> compared(left, right, order -> order > 0);
      case AT_LEAST -> compared(left, right, order -> order >= 0);
      case LIKE -> Value.bool(Patterns.like(left.asText(), right.asText()));
      case JOIN -> Value.text(left.asText() + right.asText());
      case PLUS -> plus(left, right);
      case MINUS -> number(left, right, (a, b) -> a - b);
      case TIMES -> number(left, right, (a, b) -> a * b);
      case DIVIDED -> number(left, right, (a, b) -> a / b);
      case REMAINDER -> number(left, right, (a, b) -> a % b);
      case AND, OR, NOT -> throw new IllegalStateException(operator + " is not strict");
    };
  }

  /** Numbers by value, the rest as text, with regard to case; one of several is enough. */
  static boolean equal(Value left, Value right) {
    if (left instanceof Value.Many many) {
      return many.values().stream().anyMatch(item -> equal(item, right));
    }
    if (right instanceof Value.Many many) {
      return many.values().stream().anyMatch(item -> equal(left, item));
    }
    double a = left.asNumber();
    double b = right.asNumber();
    boolean numbers = !Double.isNaN(a) && !Double.isNaN(b);
    return numbers ? a == b : left.asText().equals(right.asText());
  }

  private static Value compared(Value left, Value right, IntPredicate holds) {
    double a = left.asNumber();
    double b = right.asNumber();
    int order =
        !Double.isNaN(a) && !Double.isNaN(b)
            ? Double.compare(a, b)
            : left.asText().compareTo(right.asText());
    return Value.bool(holds.test(order));
  }

  private static Value plus(Value left, Value right) {
    double a = left.asNumber();
    double b = right.asNumber();
    if (!Double.isNaN(a) && !Double.isNaN(b)) {
      return Value.number(a + b);
    }
    boolean words = left instanceof Value.Text || right instanceof Value.Text;
    return words ? Value.text(left.asText() + right.asText()) : Value.nothing();
  }

  private static Value number(Value left, Value right, DoubleBinaryOperator operator) {
    return Value.number(operator.applyAsDouble(left.asNumber(), right.asNumber()));
  }
}
