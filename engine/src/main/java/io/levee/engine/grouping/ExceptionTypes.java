package io.levee.engine.grouping;

import io.levee.event.ExceptionInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types of exceptions: which say nothing, and how they are written. */
final class ExceptionTypes {
  /** Wrap whatever happened; whether they do depends on the way the call took. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "InvocationTargetException",
          "UndeclaredThrowableException",
          "ExecutionException",
          "CompletionException",
          "ServletException",
          "NestedServletException",
          "PrivilegedActionException",
          "EJBException",
          "AggregateException",
          "TargetInvocationException");

  /** Made by {@code errors.New}, {@code fmt.Errorf} and the like: what happened is in the text. */
  private static final Set<String> NAMELESS_GO =
      Set.of(
          "*errors.errorString",
          "*fmt.wrapError",
          "*fmt.wrapErrors",
          "*errors.fundamental",
          "*errors.withStack",
          "*errors.withMessage",
          "*errors.joinError");

  private static final int SHORTENED_CHARS_MAX = 2;

  private ExceptionTypes() {}

  /** The type as it counts; null when it has none that means anything. */
  static @Nullable String counted(ExceptionInfo exception, Platform platform) {
    String type = exception.type();
    if (type == null || type.isBlank()) {
      return null;
    }
    return switch (platform) {
      case JAVA -> simple(JavaNames.type(type));
      case PYTHON, DOTNET -> simple(FrameName.cutAt(type, "`"));
      case PHP -> PhpNames.type(type);
      case JAVASCRIPT, NODE -> type.length() <= SHORTENED_CHARS_MAX ? null : type;
      case RUBY, GO, NATIVE, OTHER -> type;
    };
  }

  private static String simple(String type) {
    String bare = type.strip();
    return bare.substring(bare.lastIndexOf('.') + 1);
  }

  static boolean isWrapper(@Nullable String counted, Platform platform) {
    return counted != null
        && (platform == Platform.JAVA || platform == Platform.DOTNET)
        && WRAPPERS.contains(counted);
  }

  /** Whether the type doesn't tell one problem from another. */
  static boolean saysNothing(@Nullable String counted, Platform platform) {
    return counted == null || (platform == Platform.GO && NAMELESS_GO.contains(counted));
  }

  /** Whether the stack ran out: then where it began and where it happened to end is chance. */
  static boolean isOverflow(@Nullable String counted, @Nullable String value) {
    if (counted != null) {
      switch (counted) {
        case "StackOverflowError",
            "StackOverflowException",
            "RecursionError",
            "SystemStackError" -> {
          return true;
        }
        default -> {}
      }
    }
    return value != null
        && (value.startsWith("Maximum call stack size exceeded")
            || value.startsWith("too much recursion")
            || value.startsWith("maximum recursion depth exceeded")
            || value.contains("stack overflow"));
  }
}
