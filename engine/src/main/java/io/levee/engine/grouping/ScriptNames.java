package io.levee.engine.grouping;

import io.levee.event.Frame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript in browsers and in Node. The engines name the same function differently: {@code
 * Cart.pay} (V8), {@code Cart.prototype.pay} and {@code pay/<} (SpiderMonkey), {@code pay}
 * (JavaScriptCore), so that only the last word counts.
 */
final class ScriptNames {
  private static final int SHORTENED_CHARS_MAX = 2;

  private static final Set<String> ANONYMOUS =
      Set.of(
          "?",
          "<anonymous>",
          "anonymous",
          "(anonymous)",
          "(anonymous function)",
          "Anonymous function",
          "<unknown>",
          "eval",
          "eval code",
          "global code",
          "Global code",
          "module code",
          "callback",
          "_callee",
          "<instance_members_initializer>",
          "<static_initializer>");

  /** What transpilers and clients wrap around functions. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "asyncGeneratorStep",
          "_asyncToGenerator",
          "__awaiter",
          "__generator",
          "_next",
          "_throw",
          "tryCatch",
          "fulfilled",
          "rejected",
          "sentryWrapped",
          "__wrapped",
          "wrapped",
          "_regenerator",
          "_regeneratorDefine");

  private ScriptNames() {}

  static FrameName of(Frame frame) {
    String path = FrameName.path(frame);
    boolean evaluated = path == null || path.startsWith("<") || path.contains("[native code]");
    String module = frame.module();
    boolean noModule = module == null || module.isBlank();
    if (noModule && path != null && (evaluated || path.equals("native"))) {
      return FrameName.passedOver("the engine's own code");
    }
    String function = function(frame.function());
    if (function != null && WRAPPERS.contains(function)) {
      return FrameName.passedOver("a wrapper of transpiler or client");
    }
    String place = path == null ? null : FileNames.base(path);
    if (place == null && module != null && !noModule) {
      place = FileNames.base(module.replace(':', '/'));
    }
    if (place == null && function == null) {
      return FrameName.passedOver("neither file nor function");
    }
    return FrameName.of(place == null ? null : withoutExtension(place), function);
  }

  /**
   * Bundlers name one source {@code .ts}, {@code .tsx}, {@code .js}, {@code .mjs}, as they like.
   */
  private static String withoutExtension(String file) {
    int dot = file.lastIndexOf('.');
    if (dot <= 0) {
      return file;
    }
    String name =
        switch (file.substring(dot + 1)) {
          case "js", "mjs", "cjs", "ts", "mts", "cts", "jsx", "tsx" -> file.substring(0, dot);
          default -> file;
        };
    return name.endsWith(".min") ? name.substring(0, name.length() - 4) : name;
  }

  static boolean isShortened(@Nullable String function) {
    return function == null || function.length() <= SHORTENED_CHARS_MAX;
  }

  static @Nullable String function(@Nullable String function) {
    if (function == null) {
      return null;
    }
    String name = FrameName.cutAt(function.strip(), " [as ");
    name = name.startsWith("async*") ? name.substring("async*".length()) : name;
    name = FrameName.cutAt(name, " (");
    if (name.endsWith("<") || ANONYMOUS.contains(name)) {
      return null;
    }
    name = FrameName.after(name, '/');
    name = FrameName.after(name, '.');
    name = FrameName.after(name, ' ');
    name = name.startsWith("#") ? name.substring(1) : name;
    if (name.endsWith("$")) { // _callee$ and the like, of regenerator.
      name = name.substring(0, name.length() - 1);
    }
    String bare = FrameName.withoutDigits(name);
    if (bare.length() < name.length() && (bare.endsWith("$") || bare.equals("_callee"))) {
      name = bare.endsWith("$") ? bare.substring(0, bare.length() - 1) : bare;
    }
    return name.isEmpty() || ANONYMOUS.contains(name) || name.endsWith(">") ? null : name;
  }
}
