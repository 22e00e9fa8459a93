package io.levee.engine.query.eval;

import java.util.List;
import java.util.Set;

/** What {@code eval} and {@code where} compute, as a tree. */
public sealed interface Expression {
  record Literal(Value value) implements Expression {}

  record FieldRef(String name) implements Expression {}

  /** One operand; {@code -} or {@code NOT}. */
  record Unary(Operator operator, Expression operand) implements Expression {}

  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  /** A function over arguments that it evaluates itself. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What stands between operands. */
  enum Operator {
    OR("OR", 1),
    XOR("XOR", 2),
    AND("AND", 3),
    NOT("NOT", 4),
    EQUAL("=", 5),
    DIFFERENT("!=", 5),
    LESS("<", 5),
    AT_MOST("<=", 5),
    GREATER(">", 5),
    AT_LEAST(">=", 5),
    LIKE("LIKE", 5),
    JOIN(".", 6),
    PLUS("+", 6),
    MINUS("-", 6),
    TIMES("*", 7),
    DIVIDED("/", 7),
    REMAINDER("%", 7);

    private final String sign;
    private final int binding;

    Operator(String sign, int binding) {
      this.sign = sign;
      this.binding = binding;
    }

    public String sign() {
      return sign;
    }

    /** How tight it binds; higher is tighter. */
    int binding() {
      return binding;
    }
  }

  /** Adds the names of the fields that it reads. */
  default void fields(Set<String> into) {
    switch (this) {
      case Literal ignored -> {}
      case FieldRef field -> into.add(field.name());
      case Unary unary -> unary.operand().fields(into);
      case Binary binary -> {
        binary.left().fields(into);
        binary.right().fields(into);
      }
      case Call call -> {
        if (call.function().readsAnything()) {
          into.add("*");
        }
        call.arguments().forEach(argument -> argument.fields(into));
      }
    }
  }

  /** In the words of the language, fully parenthesised. */
  default String show() {
    return switch (this) {
      case Literal(Value.Text text) -> '"' + text.value().replace("\"", "\\\"") + '"';
      case Literal literal -> literal.value().asText();
      case FieldRef field -> field.name();
      case Unary unary -> unary.operator().sign() + " " + unary.operand().show();
      case Binary binary ->
          "("
              + binary.left().show()
              + " "
              + binary.operator().sign()
              + " "
              + binary.right().show()
              + ")";
      case Call call ->
          call.function().name()
              + "("
              + String.join(", ", call.arguments().stream().map(Expression::show).toList())
              + ")";
    };
  }
}
