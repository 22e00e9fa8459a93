package io.levee.engine.query.eval;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a function's call, evaluated when they are looked at. */
public final class Arguments {
  private final List<Expression> expressions;
  private final Scope scope;

  Arguments(List<Expression> expressions, Scope scope) {
    this.expressions = expressions;
    this.scope = scope;
  }

  public int size() {
    return expressions.size();
  }

  public Value at(int index) {
    return Evaluator.value(expressions.get(index), scope);
  }

  public String text(int index) {
    return at(index).asText();
  }

  public double number(int index) {
    return at(index).asNumber();
  }

  /** The argument as a number; another one when it isn't there. */
  double number(int index, double otherwise) {
    return index < size() ? number(index) : otherwise;
  }

  Expression expression(int index) {
    return expressions.get(index);
  }

  Scope scope() {
    return scope;
  }

  List<Value> all() {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      values.add(at(i));
    }
    return values;
  }

  boolean anyMissing() {
    for (int i = 0; i < size(); i++) {
      if (at(i).isNothing()) {
        return true;
      }
    }
    return false;
  }
}
