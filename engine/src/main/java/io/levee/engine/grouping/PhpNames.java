package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/** PHP: closures and anonymous classes with paths and lines in their names, compiled templates. */
final class PhpNames {
  private static final String ANONYMOUS = "@anonymous";
  private static final String TWIG = "__TwigTemplate_";

  private PhpNames() {}

  static FrameName of(Frame frame) {
    return FrameName.of(FrameName.file(frame), function(frame.function()));
  }

  private static @Nullable String function(@Nullable String function) {
    String name = FrameName.plain(function);
    if (name == null) {
      return null;
    }
    if (name.contains("{closure")) {
      return closure(name);
    }
    int anonymous = name.indexOf(ANONYMOUS);
    if (anonymous >= 0) {
      int method = name.lastIndexOf("::");
      String head = name.substring(0, anonymous + ANONYMOUS.length());
      return method > anonymous ? head + name.substring(method) : head;
    }
    int twig = name.indexOf(TWIG);
    if (twig >= 0) {
      int method = name.lastIndexOf("::");
      return method > twig ? TWIG + name.substring(method) : TWIG;
    }
    return name;
  }

  /**
   * From 8.4 on {@code {closure:App\Cart::pay():12}}, before {@code App\Cart::{closure}}: only what
   * both can say.
   */
  private static String closure(String name) {
    int open = name.indexOf("{closure");
    String around = name.substring(0, open);
    if (around.isEmpty() && name.startsWith("{closure:")) {
      String inner = name.substring("{closure:".length());
      int method = inner.indexOf("::");
      around = method > 0 ? inner.substring(0, method + 2) : "";
    }
    int method = around.indexOf("::");
    return (method > 0 ? around.substring(0, method + 2) : around) + "{closure}";
  }

  /** A type's name without the path of an anonymous class. */
  static String type(String type) {
    int anonymous = type.indexOf(ANONYMOUS);
    return anonymous < 0 ? type : type.substring(0, anonymous + ANONYMOUS.length());
  }
}
