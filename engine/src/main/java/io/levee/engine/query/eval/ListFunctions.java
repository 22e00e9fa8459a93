package io.levee.engine.query.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Fields with several values. */
final class ListFunctions {
  private ListFunctions() {}

  private static final String ABC = "split(\"c,a,b,a\", \",\")";

  static List<Function> all() {
    List<Function> all = new ArrayList<>(shapes());
    all.addAll(wholes());
    all.addAll(perValue());
    return all;
  }

  private static List<Function> shapes() {
    return List.of(
        new Function(
            "mvcount",
            "mvcount(x)",
            "how many values; nothing when there is none",
            "mvcount(" + ABC + ")",
            1,
            1,
            a -> a.at(0).isNothing() ? Value.nothing() : Value.number(a.at(0).items().size())),
        new Function(
            "mvindex",
            "mvindex(x, from, [to])",
            "the values from one to another; the first is 0, negative counts from the end",
            "mvindex(" + ABC + ", -1)",
            2,
            3,
            ListFunctions::index),
        new Function(
            "mvjoin",
            "mvjoin(x, separator)",
            "as one text",
            "mvjoin(" + ABC + ", \"-\")",
            2,
            2,
            a ->
                a.at(0).isNothing()
                    ? Value.nothing()
                    : Value.text(
                        String.join(
                            a.text(1), a.at(0).items().stream().map(Value::asText).toList()))));
  }

  private static List<Function> wholes() {
    return List.of(
        new Function(
            "mvappend",
            "mvappend(x, …)",
            "all values of all",
            "mvjoin(mvappend(1, 2), \",\")",
            1,
            100,
            a -> Value.many(a.all())),
        new Function(
            "mvdedup",
            "mvdedup(x)",
            "each value once",
            "mvjoin(mvdedup(" + ABC + "), \",\")",
            1,
            1,
            a -> Value.many(List.copyOf(new LinkedHashSet<>(a.at(0).items())))),
        new Function(
            "mvsort",
            "mvsort(x)",
            "in order",
            "mvjoin(mvsort(" + ABC + "), \",\")",
            1,
            1,
            a -> Value.many(a.at(0).items().stream().sorted(Value.ORDER).toList())),
        new Function(
            "mvzip",
            "mvzip(x, y, [separator])",
            "the first with the first, the second with the second …",
            "mvjoin(mvzip(" + ABC + ", " + ABC + "), \" \")",
            2,
            3,
            ListFunctions::zip));
  }

  private static List<Function> perValue() {
    return List.of(
        new Function(
            "mvfind",
            "mvfind(x, regex)",
            "the place of the first value that matches, from 0",
            "mvfind(" + ABC + ", \"b\")",
            2,
            2,
            ListFunctions::find),
        new Function(
            "mvfilter",
            "mvfilter(condition)",
            "those values of the one field in the condition for which it holds",
            "isnull(mvfilter(nosuchfield > 1))",
            1,
            1,
            ListFunctions::filter),
        new Function(
            "mvmap",
            "mvmap(x, expression)",
            "the expression for each value of the field x",
            "isnull(mvmap(nosuchfield, nosuchfield + 1))",
            2,
            2,
            ListFunctions::map));
  }

  private static Value index(Arguments a) {
    List<Value> items = a.at(0).items();
    double from = a.number(1);
    double to = a.number(2, from);
    double first = from < 0 ? from + items.size() : from;
    double last = to < 0 ? to + items.size() : to;
    List<Value> chosen = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (i >= first && i <= last) {
        chosen.add(items.get(i));
      }
    }
    return Value.many(chosen);
  }

  private static Value zip(Arguments a) {
    List<Value> left = a.at(0).items();
    List<Value> right = a.at(1).items();
    String separator = a.size() > 2 ? a.text(2) : ",";
    List<Value> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      pairs.add(Value.text(left.get(i).asText() + separator + right.get(i).asText()));
    }
    return Value.many(pairs);
  }

  private static Value find(Arguments a) {
    try {
      com.google.re2j.Pattern pattern = Patterns.regex(a.text(1));
      List<Value> items = a.at(0).items();
      for (int i = 0; i < items.size(); i++) {
        if (pattern.matcher(items.get(i).asText()).find()) {
          return Value.number(i);
        }
      }
      return Value.nothing();
    } catch (IllegalArgumentException e) {
      return Value.nothing(); // A pattern that rows made.
    }
  }

  private static Value filter(Arguments a) {
    LinkedHashSet<String> fields = new LinkedHashSet<>();
    a.expression(0).fields(fields);
    if (fields.size() != 1) {
      return Value.nothing();
    }
    String field = fields.getFirst();
    return Value.many(
        a.scope().get(field).items().stream()
            .filter(item -> Evaluator.holds(a.expression(0), a.scope().with(field, item)))
            .toList());
  }

  private static Value map(Arguments a) {
    if (!(a.expression(0) instanceof Expression.FieldRef(String field))) {
      return Value.nothing();
    }
    return Value.many(
        a.at(0).items().stream()
            .map(item -> Evaluator.value(a.expression(1), a.scope().with(field, item)))
            .toList());
  }
}
