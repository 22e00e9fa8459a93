package io.levee.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a long name may be broken on a narrow page: behind dots, slashes and underscores, and
 * before a capital behind a small letter, so that {@code CannotGetConnectionException} never ends
 * as {@code …Except} and {@code ion}.
 */
final class Humps {
  private Humps() {}

  /** The parts of a text, in order; joined they are the text. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < text.length(); i++) {
      if (breaks(text.charAt(i - 1), text.charAt(i))) {
        parts.add(text.substring(start, i));
        start = i;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static boolean breaks(char before, char after) {
    return before == '.'
        || before == '/'
        || before == '_'
        || (Character.isUpperCase(after) && Character.isLowerCase(before));
  }
}
