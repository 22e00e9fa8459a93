package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Where a frame stands and in which function, cleaned of what compilers, proxies and bundlers make
 * up anew.
 *
 * @param place module, class or file; null when it has none that means anything
 * @param function null when it has none that means anything
 * @param passedOver why the frame means nothing at all; null when it does
 */
record FrameName(@Nullable String place, @Nullable String function, @Nullable String passedOver) {
  /** Longer names are no words for "unknown". */
  private static final int UNKNOWN_CHARS_MAX = "<anonymous>".length();

  static FrameName of(@Nullable String place, @Nullable String function) {
    return new FrameName(place, function, null);
  }

  static FrameName passedOver(String why) {
    return new FrameName(null, null, why);
  }

  /** The name of a frame of this platform. */
  static FrameName of(Frame frame, Platform platform) {
    return switch (platform) {
      case JAVA -> JavaNames.of(frame);
      case JAVASCRIPT, NODE -> ScriptNames.of(frame);
      case PYTHON -> PythonNames.of(frame);
      case RUBY -> RubyNames.of(frame);
      case PHP -> PhpNames.of(frame);
      case DOTNET -> DotnetNames.of(frame);
      case GO -> GoNames.of(frame);
      case NATIVE -> NativeNames.of(frame);
      case OTHER -> FrameName.of(moduleOrFile(frame), plain(frame.function()));
    };
  }

  /** A frame's module, or else the base name of its file. */
  static @Nullable String moduleOrFile(Frame frame) {
    String module = frame.module();
    return module != null && !module.isBlank() ? module : file(frame);
  }

  static @Nullable String file(Frame frame) {
    String path = path(frame);
    return path == null ? null : FileNames.base(path);
  }

  static @Nullable String path(Frame frame) {
    return frame.path() != null ? frame.path() : frame.file();
  }

  /** The name as it is; null when it is a word for "unknown". */
  static @Nullable String plain(@Nullable String function) {
    if (function == null) {
      return null;
    }
    String name = function.strip();
    if (name.length() > UNKNOWN_CHARS_MAX) {
      return name;
    }
    return switch (name) {
      case "", "?", "??", "<unknown>", "<anonymous>", "(anonymous)", "anonymous" -> null;
      default -> name;
    };
  }

  static String after(String name, char separator) {
    return name.substring(name.lastIndexOf(separator) + 1);
  }

  /** Without the digits at the end. */
  static String withoutDigits(String name) {
    int end = name.length();
    while (end > 0 && isDigit(name.charAt(end - 1))) {
      end--;
    }
    return end == name.length() ? name : name.substring(0, end);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static String cutAt(String name, String mark) {
    int at = name.indexOf(mark);
    return at > 0 ? name.substring(0, at) : name;
  }
}
