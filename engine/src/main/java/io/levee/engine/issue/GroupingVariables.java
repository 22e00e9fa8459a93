package io.levee.engine.issue;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of the variables of a client's fingerprint, {@code {{ type }}} etc. */
public final class GroupingVariables {
  private static final String TAG = "tags.";

  private GroupingVariables() {}

  /**
   * The part with every known variable resolved. An unknown variable stays as it is; a known one
   * without a value becomes {@code <no-type>} and the like, so that it still tells apart.
   */
  public static String resolve(String part, Event event) {
    int open = part.indexOf("{{");
    if (open < 0) {
      return part;
    }
    StringBuilder resolved = new StringBuilder();
    int copied = 0;
    while (open >= 0) {
      int close = part.indexOf("}}", open);
      if (close < 0) {
        break;
      }
      String name = part.substring(open + 2, close).strip();
      resolved.append(part, copied, open);
      resolved.append(isKnown(name) ? valueOrNone(name, event) : part.substring(open, close + 2));
      copied = close + 2;
      open = part.indexOf("{{", copied);
    }
    return resolved.append(part, copied, part.length()).toString();
  }

  private static boolean isKnown(String name) {
    return name.startsWith(TAG)
        || switch (name) {
          case "type", "error.type", "value", "error.value", "message", "level", "logger" -> true;
          case "transaction", "culprit", "module", "stack.module", "function" -> true;
          case "stack.function", "package", "stack.package", "stack.abs_path" -> true;
          default -> false;
        };
  }

  private static String valueOrNone(String name, Event event) {
    String value = name.startsWith(TAG) ? event.tags().get(name.substring(TAG.length())) : null;
    value = value == null ? value(name, event) : value;
    return value == null || value.isBlank() ? "<no-" + name + ">" : value;
  }

  private static @Nullable String value(String name, Event event) {
    ExceptionInfo exception = event.exceptions().isEmpty() ? null : event.exceptions().getFirst();
    Frame frame = exception == null ? null : GroupingFrames.top(exception.frames());
    return switch (name) {
      case "type", "error.type" -> exception == null ? null : exception.type();
      case "value", "error.value" -> exception == null ? null : exception.value();
      case "message" -> message(event, exception);
      case "level" -> event.level().wireName();
      case "logger" -> event.logger();
      case "transaction", "culprit" -> event.culprit();
      case "module", "stack.module" -> frame == null ? null : frame.module();
      case "function", "stack.function" -> frame == null ? null : frame.function();
      case "package", "stack.package" -> frame == null ? null : frame.other().text("package");
      case "stack.abs_path" -> frame == null ? null : frame.path();
      default -> null;
    };
  }

  private static @Nullable String message(Event event, @Nullable ExceptionInfo exception) {
    if (event.message() != null) {
      return event.message();
    }
    return exception == null || exception.value() == null ? event.title() : exception.value();
  }
}
