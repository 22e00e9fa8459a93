package io.levee.console;

import org.jspecify.annotations.Nullable;

/**
 * A title in two parts, the first to be set in bold.
 *
 * @param head the exception's short type; the whole title when there is no exception
 * @param detail the rest
 */
record TitleText(String head, String detail) {
  static TitleText of(String title, @Nullable String type) {
    if (type == null || type.isBlank()) {
      return new TitleText(title, "");
    }
    String simple = type.substring(type.lastIndexOf('.') + 1);
    for (String prefix : new String[] {type, simple}) {
      if (title.startsWith(prefix + ": ")) {
        return new TitleText(simple, title.substring(prefix.length() + 2));
      }
      if (title.equals(prefix)) {
        return new TitleText(simple, "");
      }
    }
    return new TitleText(simple, title);
  }
}
