package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * .NET: async methods run as {@code Cart+<PayAsync>d__5.MoveNext}, lambdas as {@code
 * Cart+<>c__DisplayClass5_0.<Pay>b__0}; some clients take these names apart, some don't.
 */
final class DotnetNames {
  private DotnetNames() {}

  static FrameName of(Frame frame) {
    String module = frame.module();
    String function = FrameName.plain(frame.function());
    String inModule = null;
    String place = module;
    if (module != null) {
      int nested = firstOf(module, "+<", ".<");
      if (nested > 0) {
        inModule = inAngles(module.substring(nested + 1));
        place = module.substring(0, nested);
      }
      place = withoutGenerics(place == null ? "" : place);
    }
    String name = function == null ? null : function(function);
    if (inModule != null && (name == null || name.equals("MoveNext"))) {
      name = inModule;
    }
    String where = place == null || place.isBlank() ? FrameName.file(frame) : place;
    return FrameName.of(where, name);
  }

  private static int firstOf(String text, String one, String other) {
    int first = text.indexOf(one);
    int second = text.indexOf(other);
    return first < 0 ? second : second < 0 ? first : Math.min(first, second);
  }

  /** {@code PayAsync} of {@code <PayAsync>d__5}; null of {@code <>c}. */
  private static @Nullable String inAngles(String name) {
    int close = name.indexOf('>');
    return close > 1 ? name.substring(1, close) : null;
  }

  private static @Nullable String function(String function) {
    int open = function.indexOf('(');
    String name = open > 0 ? function.substring(0, open) : function;
    int angle = name.indexOf('<');
    if (angle >= 0 && name.indexOf(">b__", angle) > 0) {
      return inAngles(name.substring(angle));
    }
    int local = angle >= 0 ? name.indexOf(">g__", angle) : -1;
    if (local > 0) {
      return FrameName.cutAt(name.substring(local + ">g__".length()), "|");
    }
    name = name.startsWith("lambda_method") ? "lambda_method" : name;
    name = withoutGenerics(name).strip();
    return FrameName.after(FrameName.after(name, ' '), '.');
  }

  private static String withoutGenerics(String name) {
    String bare = name;
    int square = bare.indexOf('[');
    bare = square > 0 ? bare.substring(0, square) : bare;
    int angle = bare.indexOf('<');
    int close = bare.lastIndexOf('>');
    bare = angle > 0 && close > angle ? bare.substring(0, angle) + bare.substring(close + 1) : bare;
    int tick = bare.indexOf('`');
    return tick > 0 ? bare.substring(0, tick) + skipDigits(bare, tick + 1) : bare;
  }

  private static String skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && FrameName.isDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(at);
  }
}
