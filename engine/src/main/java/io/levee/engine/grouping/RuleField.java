package io.levee.engine.grouping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule can ask about, with the names that it is known by. */
enum RuleField {
  ERROR_TYPE("error.type", "type"),
  ERROR_VALUE("error.value", "value"),
  MESSAGE("message"),
  LEVEL("level"),
  LOGGER("logger"),
  TRANSACTION("transaction"),
  RELEASE("release"),
  ENVIRONMENT("environment"),
  PLATFORM("platform"),
  TAGS("tags."),
  MODULE("stack.module", "module"),
  FUNCTION("stack.function", "function"),
  PATH("stack.abs_path", "path"),
  PACKAGE("stack.package", "package"),
  FAMILY("family"),
  APP("app");

  private final List<String> names;

  RuleField(String... names) {
    this.names = List.of(names);
  }

  boolean isOfException() {
    return this == ERROR_TYPE || this == ERROR_VALUE;
  }

  boolean isOfFrame() {
    return switch (this) {
      case MODULE, FUNCTION, PATH, PACKAGE, FAMILY, APP -> true;
      case ERROR_TYPE, ERROR_VALUE, MESSAGE, LEVEL, LOGGER -> false;
      case TRANSACTION, RELEASE, ENVIRONMENT, PLATFORM, TAGS -> false;
    };
  }

  boolean isOfEvent() {
    return !isOfException() && !isOfFrame();
  }

  /** Whether letter case tells values apart: in names of code it does. */
  boolean isCaseSensitive() {
    return this == ERROR_TYPE || this == MODULE || this == FUNCTION;
  }

  /** The field with this name; null when there is none. */
  static @Nullable RuleField parse(String name) {
    for (RuleField field : values()) {
      if (field == TAGS
          ? name.startsWith("tags.") && name.length() > 5
          : field.names.contains(name)) {
        return field;
      }
    }
    return null;
  }

  /** All names, for messages. */
  static List<String> names() {
    List<String> all = new ArrayList<>();
    for (RuleField field : values()) {
      all.addAll(field.names);
    }
    return all;
  }
}
