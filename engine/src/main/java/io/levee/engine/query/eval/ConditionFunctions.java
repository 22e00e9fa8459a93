package io.levee.engine.query.eval;

import io.levee.engine.query.AddressBlock;
import java.util.ArrayList;
import java.util.List;

/** Choices and tests. */
final class ConditionFunctions {
  private static final int MANY = 500;

  private ConditionFunctions() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>(choices());
    all.addAll(constants());
    all.addAll(presence());
    all.addAll(comparisons());
    return all;
  }

  private static List<Function> choices() {
    return List.of(
        new Function(
            "if",
            "if(condition, then, otherwise)",
            "the one or the other",
            "if(2 > 1, \"yes\", \"no\")",
            3,
            3,
            a -> a.at(a.at(0).isTrue() ? 1 : 2)),
        new Function(
            "case",
            "case(condition, value, …)",
            "the value behind the first condition that holds; `true()` catches the rest",
            "case(1 > 2, \"a\", 2 > 1, \"b\")",
            2,
            MANY,
            ConditionFunctions::choice),
        new Function(
            "validate",
            "validate(condition, value, …)",
            "the value behind the first condition that does not hold",
            "validate(1 < 2, \"a\", 2 < 1, \"b\")",
            2,
            MANY,
            ConditionFunctions::validate),
        new Function(
            "coalesce",
            "coalesce(x, …)",
            "the first that is there",
            "coalesce(null, \"b\")",
            1,
            MANY,
            a -> a.all().stream().filter(v -> !v.isNothing()).findFirst().orElse(Value.nothing())));
  }

  private static List<Function> constants() {
    return List.of(
        new Function("null", "null()", "nothing", "isnull(null())", 0, 0, a -> Value.nothing()),
        new Function(
            "nullif",
            "nullif(x, y)",
            "nothing when both are the same, otherwise x",
            "nullif(1, 2)",
            2,
            2,
            a -> Evaluator.equal(a.at(0), a.at(1)) ? Value.nothing() : a.at(0)),
        new Function("true", "true()", "true", "true()", 0, 0, a -> Value.bool(true)),
        new Function("false", "false()", "false", "false()", 0, 0, a -> Value.bool(false)));
  }

  private static List<Function> presence() {
    return List.of(
        new Function(
            "isnull",
            "isnull(x)",
            "whether it isn't there",
            "isnull(null)",
            1,
            1,
            a -> Value.bool(a.at(0).isNothing())),
        new Function(
            "isnotnull",
            "isnotnull(x)",
            "whether it is there",
            "isnotnull(1)",
            1,
            1,
            a -> Value.bool(!a.at(0).isNothing())),
        new Function(
            "isnum",
            "isnum(x)",
            "whether it is a number",
            "isnum(\"12\")",
            1,
            1,
            a -> Value.bool(!Double.isNaN(a.number(0)))),
        new Function(
            "isstr",
            "isstr(x)",
            "whether it is text and no number",
            "isstr(\"a\")",
            1,
            1,
            a -> Value.bool(a.at(0) instanceof Value.Text && Double.isNaN(a.number(0)))));
  }

  private static List<Function> comparisons() {
    return List.of(
        new Function(
            "in",
            "in(x, a, b, …)",
            "whether it is one of these; also `x IN (a, b)`",
            "in(2, 1, 2, 3)",
            2,
            MANY,
            ConditionFunctions::oneOf),
        new Function(
            "match",
            "match(text, regex)",
            "whether a regular expression (RE2) finds something",
            "match(\"order 17\", \"\\d+\")",
            2,
            2,
            ConditionFunctions::match),
        new Function(
            "like",
            "like(text, pattern)",
            "whether text is as a pattern with % and _ says",
            "like(\"checkout\", \"check%\")",
            2,
            2,
            a ->
                a.anyMissing() ? Value.nothing() : Value.bool(Patterns.like(a.text(0), a.text(1)))),
        new Function(
            "cidrmatch",
            "cidrmatch(block, address)",
            "whether an address lies in a block",
            "cidrmatch(\"10.0.0.0/8\", \"10.1.2.3\")",
            2,
            2,
            a -> a.anyMissing() ? Value.nothing() : Value.bool(inBlock(a.text(0), a.text(1)))),
        new Function(
            "searchmatch",
            "searchmatch(text)",
            "whether the words stand anywhere in the row",
            "searchmatch(\"nowhere\")",
            1,
            1,
            a -> Value.bool(Patterns.wild(a.scope().get("_raw").asText(), "*" + a.text(0) + "*"))));
  }

  private static Value choice(Arguments arguments) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (arguments.at(i).isTrue()) {
        return arguments.at(i + 1);
      }
    }
    return Value.nothing();
  }

  private static Value validate(Arguments arguments) {
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (!arguments.at(i).isTrue()) {
        return arguments.at(i + 1);
      }
    }
    return Value.nothing();
  }

  private static Value oneOf(Arguments arguments) {
    Value sought = arguments.at(0);
    if (sought.isNothing()) {
      return Value.nothing();
    }
    for (int i = 1; i < arguments.size(); i++) {
      Value candidate = arguments.at(i);
      if (!candidate.isNothing() && Evaluator.equal(sought, candidate)) {
        return Value.bool(true);
      }
    }
    return Value.bool(false);
  }

  private static Value match(Arguments arguments) {
    if (arguments.anyMissing()) {
      return Value.nothing();
    }
    try {
      com.google.re2j.Pattern pattern = Patterns.regex(arguments.text(1));
      return Value.bool(
          arguments.at(0).items().stream().anyMatch(v -> pattern.matcher(v.asText()).find()));
    } catch (IllegalArgumentException e) {
      return Value.nothing(); // A pattern that rows made; nobody wrote it.
    }
  }

  /** Whether an address lies in a block; a block without bits is one address. */
  private static boolean inBlock(String block, String address) {
    AddressBlock parsed = AddressBlock.parse(block);
    return parsed == null ? block.equals(address) : parsed.holds(address);
  }
}
