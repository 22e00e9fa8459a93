package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript in browsers and in Node. The engines name the same function differently: {@code
 * Cart.pay} (V8), {@code Cart.prototype.pay} and {@code pay/<} (SpiderMonkey), {@code pay}
 * (JavaScriptCore), so that only the last word counts.
 */
final class ScriptNames {
  private static final int SHORTENED_CHARS_MAX = 2;

  /** Bundlers name one source as they like. */
  private static final String[] EXTENSIONS = {
    ".js", ".ts", ".tsx", ".mjs", ".jsx", ".cjs", ".mts", ".cts"
  };

  private ScriptNames() {}

  static FrameName of(Frame frame) {
    String path = FrameName.path(frame);
    String place = path == null ? null : FileNames.base(path);
    String module = frame.module();
    boolean noModule = module == null || module.isBlank();
    if (place == null && noModule && path != null && isOfEngine(path)) {
      return FrameName.passedOver("the engine's own code");
    }
    String function = function(frame.function());
    if (function != null && isWrapper(function)) {
      return FrameName.passedOver("a wrapper of transpiler or client");
    }
    if (place == null && module != null && !noModule) {
      place = FileNames.base(module.replace(':', '/'));
    }
    if (place == null && function == null) {
      return FrameName.passedOver("neither file nor function");
    }
    return FrameName.of(place == null ? null : withoutExtension(place), function);
  }

  private static boolean isOfEngine(String path) {
    return path.startsWith("<") || path.contains("[native code]") || path.equals("native");
  }

  private static String withoutExtension(String file) {
    for (String extension : EXTENSIONS) {
      if (file.endsWith(extension) && file.length() > extension.length()) {
        return withoutMin(file.substring(0, file.length() - extension.length()));
      }
    }
    return file.lastIndexOf('.') > 0 ? withoutMin(file) : file;
  }

  private static String withoutMin(String name) {
    return name.endsWith(".min") ? name.substring(0, name.length() - ".min".length()) : name;
  }

  static boolean isShortened(@Nullable String function) {
    return function == null || function.length() <= SHORTENED_CHARS_MAX;
  }

  /** What stands behind the last slash, dot or blank. */
  private static String lastWord(String name) {
    int at = name.length();
    while (at > 0 && !separates(name.charAt(at - 1))) {
      at--;
    }
    return name.substring(at);
  }

  private static boolean separates(char c) {
    return c == '/' || c == '.' || c == ' ';
  }

  static @Nullable String function(@Nullable String function) {
    if (function == null) {
      return null;
    }
    String name = function.strip();
    // What clients say beside the name; nearly no name has any.
    boolean remarks = name.indexOf(' ') >= 0;
    name = remarks ? FrameName.cutAt(name, " [as ") : name;
    name = name.startsWith("async*") ? name.substring("async*".length()) : name;
    name = remarks ? FrameName.cutAt(name, " (") : name;
    if (name.endsWith("<") || (remarks && isAnonymous(name))) {
      return null;
    }
    name = lastWord(name);
    name = name.startsWith("#") ? name.substring(1) : name;
    if (name.endsWith("$")) { // _callee$ and the like, of regenerator.
      name = name.substring(0, name.length() - 1);
    }
    String bare = FrameName.withoutDigits(name);
    if (bare.length() < name.length() && (bare.endsWith("$") || bare.equals("_callee"))) {
      name = bare.endsWith("$") ? bare.substring(0, bare.length() - 1) : bare;
    }
    return name.isEmpty() || isAnonymous(name) || name.endsWith(">") ? null : name;
  }

  private static boolean isAnonymous(String name) {
    return switch (name) {
      case "?", "<anonymous>", "anonymous", "(anonymous)" -> true;
      case "(anonymous function)", "Anonymous function", "<unknown>" -> true;
      case "eval", "eval code", "global code", "Global code", "module code" -> true;
      case "callback", "_callee" -> true;
      case "<instance_members_initializer>", "<static_initializer>" -> true;
      default -> false;
    };
  }

  /** What transpilers and clients wrap around functions. */
  private static boolean isWrapper(String name) {
    return switch (name) {
      case "asyncGeneratorStep", "_asyncToGenerator", "_next", "_throw" -> true;
      case "__awaiter", "__generator", "tryCatch", "fulfilled", "rejected" -> true;
      case "sentryWrapped", "__wrapped", "wrapped" -> true;
      case "_regenerator", "_regeneratorDefine" -> true;
      default -> false;
    };
  }
}
