package io.levee.engine.query.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalogue of functions that expressions can call. */
public final class Functions {
  private static final Map<String, Function> BY_NAME = byName();

  private Functions() {}

  /** Every function, by name. */
  public static List<Function> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** Their names. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** The function of a name, in any case; null when there is none. */
  public static @Nullable Function find(String name) {
    return BY_NAME.get(PipeText.lower(name));
  }

  static Function required(String name) {
    Function function = find(name);
    if (function == null) {
      throw new IllegalStateException("function: " + name + " (expected: in the catalogue)");
    }
    return function;
  }

  private static Map<String, Function> byName() {
    List<Function> all = new ArrayList<>();
    all.addAll(ConditionFunctions.all());
    all.addAll(TextFunctions.all());
    all.addAll(NumberFunctions.all());
    all.addAll(TimeFunctions.all());
    all.addAll(ListFunctions.all());
    all.addAll(CodeFunctions.all());
    Map<String, Function> byName = new TreeMap<>();
    all.forEach(function -> byName.put(function.name(), function));
    return byName;
  }
}
