package io.levee.console;

import io.levee.event.Fingerprint;
import java.util.regex.Pattern;

/** Writes queries as text, in the language that the search box reads. */
final class QueryWords {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@-]*");

  private QueryWords() {}

  /** {@code field:value}, the value quoted unless it is a plain word. */
  static String term(String field, String value) {
    return field + ":" + quoted(value);
  }

  static String quoted(String value) {
    boolean word = value.equals("AND") || value.equals("OR") || value.equals("NOT");
    return !word && PLAIN.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Both: what is there, and one term more; the same when it stands there already. */
  static String and(String query, String term) {
    if (query.isBlank()) {
      return term;
    }
    return query.contains(term)
        ? query
        : (query.contains(" OR ") ? "(" + query + ")" : query) + " " + term;
  }

  static String fingerprint(Fingerprint fingerprint) {
    return "fingerprint:" + fingerprint.value();
  }
}
