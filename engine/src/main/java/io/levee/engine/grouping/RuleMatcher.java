package io.levee.engine.grouping;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a rule.
 *
 * @param tag the tag's name when the field is {@link RuleField#TAGS}, else empty
 * @param negated holds when the pattern doesn't match
 */
record RuleMatcher(RuleField field, String tag, GlobPattern pattern, boolean negated) {
  boolean matches(Event event) {
    return is(
        switch (field) {
          case MESSAGE -> message(event);
          case LEVEL -> event.level().wireName();
          case LOGGER -> event.logger();
          case TRANSACTION -> event.culprit();
          case RELEASE -> event.release();
          case ENVIRONMENT -> event.environment();
          case PLATFORM -> event.platform();
          case TAGS -> event.tags().get(tag);
          default -> throw new IllegalStateException(field + " is not of events");
        });
  }

  boolean matches(ExceptionInfo exception) {
    return field == RuleField.ERROR_TYPE
        ? is(exception.type())
        : is(exception.value() == null ? "" : exception.value());
  }

  boolean matches(Frame frame, Platform platform) {
    return switch (field) {
      case MODULE -> is(frame.module());
      case FUNCTION -> is(frame.function());
      case PATH -> is(path(frame));
      case PACKAGE -> is(frame.other().text("package"));
      case FAMILY -> is(family(platform));
      case APP -> is(frame.isInApp() ? "yes" : "no");
      default -> throw new IllegalStateException(field + " is not of frames");
    };
  }

  private static @Nullable String path(Frame frame) {
    String path = FrameName.path(frame);
    if (path == null) {
      return null;
    }
    String slashes = path.replace('\\', '/');
    return slashes.startsWith("/") || slashes.contains("://") ? slashes : "/" + slashes;
  }

  private static String family(Platform platform) {
    return switch (platform) {
      case JAVASCRIPT, NODE -> "javascript";
      case NATIVE -> "native";
      case JAVA, PYTHON, RUBY, PHP, DOTNET, GO, OTHER -> "other";
    };
  }

  private static @Nullable String message(Event event) {
    if (event.message() != null) {
      return event.message();
    }
    if (!event.exceptions().isEmpty() && event.exceptions().getFirst().value() != null) {
      return event.exceptions().getFirst().value();
    }
    return event.title();
  }

  private boolean is(@Nullable String value) {
    return (value != null && pattern.matches(value)) != negated;
  }
}
