package io.levee.sql;

import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Pieces of statements, and text from outside made fit for the tables. */
final class SqlText {
  /** The character that takes the meaning of the next one away in our LIKE patterns. */
  private static final char ESCAPE = '!';

  private SqlText() {}

  /** {@code ?,?,?}: so many parameters. */
  static String parameters(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /** {@code (?,?),(?,?)}: so many rows of so many parameters. */
  static String rows(int rows, int columns) {
    return String.join(",", Collections.nCopies(rows, "(" + parameters(columns) + ")"));
  }

  /** A condition that text contains a word; goes with {@link #containing}. */
  static String like(String column) {
    return column + " LIKE ? ESCAPE '" + ESCAPE + "'";
  }

  /** The pattern for text that contains this, whatever characters it is made of. */
  static String containing(String word) {
    StringBuilder pattern = new StringBuilder("%");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '%' || c == '_' || c == ESCAPE) {
        pattern.append(ESCAPE);
      }
      pattern.append(c);
    }
    return pattern.append('%').toString();
  }

  /** In the form in which searching compares: without regard to case in any script. */
  static String folded(String text) {
    return storable(text).toLowerCase(Locale.ROOT);
  }

  /** Without NUL characters, which PostgreSQL refuses and SQLite's LIKE stops at. */
  static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  static @Nullable String storableOrNull(@Nullable String text) {
    return text == null ? null : storable(text);
  }
}
