package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Java, Kotlin, Scala, Clojure: lambdas, proxies, CGLIB, accessors. Which of the generated classes
 * stand on a stack depends on the version, on the order of compiling, and on how long it ran.
 */
final class JavaNames {
  private static final String[] GENERATED_PREFIXES = {
    "jdk.internal.reflect.",
    "sun.reflect.",
    "java.lang.reflect.",
    "java.lang.invoke.",
    "jdk.proxy",
    "com.sun.proxy.",
    "jdk.internal.vm.",
  };
  private static final String[] GENERATED_PARTS = {
    "$Proxy",
    "$$Lambda",
    "$$FastClass",
    "$$Enhancer",
    "$$SpringCGLIB",
    "$$KeyFactory",
    "$HibernateProxy$",
    "$MockitoMock$",
    "_$$_jvst",
    "$$_javassist",
    "$ByteBuddy$",
    "$auxiliary$",
    "$GuiceProxy",
    "$_$$_Weld",
  };

  private JavaNames() {}

  static FrameName of(Frame frame) {
    String module = frame.module();
    String function = frame.function();
    if (isGenerated(module) || "<generated>".equals(frame.file())) {
      return FrameName.passedOver("generated: reflection or proxy");
    }
    if (function != null && (function.startsWith("access$") || function.endsWith("$default"))) {
      return FrameName.passedOver("generated: accessor");
    }
    String place = module == null || module.isBlank() ? FrameName.file(frame) : type(module);
    return FrameName.of(place, function == null ? null : function(function));
  }

  private static boolean isGenerated(@Nullable String module) {
    if (module == null) {
      return false;
    }
    for (String prefix : GENERATED_PREFIXES) {
      if (module.startsWith(prefix)) {
        return true;
      }
    }
    if (module.indexOf('$') >= 0) {
      for (String part : GENERATED_PARTS) {
        if (module.contains(part)) {
          return true;
        }
      }
    }
    return module.endsWith("_ClientProxy") || module.endsWith("_Subclass");
  }

  /** A class without the numbers of anonymous classes and what generators append. */
  static String type(String module) {
    int slashes = module.indexOf("//"); // Layered class loaders: app//com.shop.Cart.
    String name = slashes >= 0 ? module.substring(slashes + 2) : module;
    if (name.indexOf('$') < 0 && name.indexOf("__") < 0) {
      return name;
    }
    int generated = name.indexOf("$$");
    name = generated > 0 ? name.substring(0, generated) : name;
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean numbered = i > 0 && (name.charAt(i - 1) == '$' || endsInUnderscores(name, i));
      if (numbered && FrameName.isDigit(c)) {
        int end = i;
        while (end < name.length() && FrameName.isDigit(name.charAt(end))) {
          end++;
        }
        if (end == name.length() || name.charAt(end) == '$') {
          i = end - 1;
          continue;
        }
      }
      kept.append(c);
    }
    return kept.toString();
  }

  private static boolean endsInUnderscores(String name, int at) {
    return at > 1 && name.charAt(at - 1) == '_' && name.charAt(at - 2) == '_';
  }

  private static @Nullable String function(String function) {
    String name = FrameName.plain(function);
    if (name == null) {
      return null;
    }
    if (name.startsWith("CGLIB$")) {
      name = name.substring("CGLIB$".length());
    }
    name = FrameName.cutAt(name, "_aroundBody");
    name = FrameName.cutAt(name, "$suspendImpl");
    String bare = FrameName.withoutDigits(name);
    if (bare.length() < name.length()) {
      if (bare.endsWith("$") && bare.length() > 1) {
        return bare.substring(0, bare.length() - 1);
      }
      if (bare.endsWith("__") || bare.equals("eval")) {
        return bare;
      }
    }
    return name;
  }
}
