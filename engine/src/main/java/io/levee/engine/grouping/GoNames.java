package io.levee.engine.grouping;

import io.levee.event.Frame;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Go: closures {@code Pay.func1.2}, method values {@code Pay-fm}, generics {@code Map[...]}. */
final class GoNames {
  private static final Pattern VERSION = Pattern.compile("@v[0-9][^/]*");

  private GoNames() {}

  static FrameName of(Frame frame) {
    String module = frame.module();
    String function = FrameName.plain(frame.function());
    String place = module == null || module.isBlank() ? null : module;
    if (place == null && function != null) {
      int slash = function.lastIndexOf('/');
      int dot = function.indexOf('.', slash + 1);
      if (slash > 0 && dot > slash) {
        place = function.substring(0, dot);
        function = function.substring(dot + 1);
      }
    }
    place = place == null ? FrameName.file(frame) : withoutVersion(place);
    return FrameName.of(place, function == null ? null : function(function));
  }

  private static String withoutVersion(String place) {
    if (place.indexOf('@') < 0) {
      return place;
    }
    Matcher version = VERSION.matcher(place);
    return version.replaceAll("");
  }

  private static @Nullable String function(String function) {
    String name = function;
    int generics = name.indexOf('[');
    int closes = name.lastIndexOf(']');
    if (generics > 0 && closes > generics) {
      name = name.substring(0, generics) + name.substring(closes + 1);
    }
    name = FrameName.cutAt(name, "-fm");
    name = FrameName.cutAt(name, "-range");
    name = FrameName.cutAt(name, "·dwrap");
    int closure = closureAt(name);
    name = closure > 0 ? name.substring(0, closure) : name;
    return name.replace("(*", "").replace(")", "");
  }

  /** Where {@code .func1}, {@code .1}, {@code .gowrap2} begin; the length when they don't. */
  private static int closureAt(String name) {
    int end = name.length();
    while (true) {
      int dot = name.lastIndexOf('.', end - 1);
      if (dot <= 0) {
        return end;
      }
      String part = FrameName.withoutDigits(name.substring(dot + 1, end));
      boolean numbered = part.length() < end - dot - 1;
      if (!numbered
          || !(part.isEmpty()
              || part.equals("func")
              || part.equals("gowrap")
              || part.equals("deferwrap"))) {
        return end;
      }
      end = dot;
    }
  }
}
