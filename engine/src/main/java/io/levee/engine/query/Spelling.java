package io.levee.engine.query;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant. */
public final class Spelling {
  private static final int SLIPS_MAX = 2;
  private static final int WORD_CHARS_MAX = 64;

  private Spelling() {}

  /** The candidate with the fewest slips, at most two and fewer than half the word. */
  public static @Nullable String nearest(String word, Collection<String> candidates) {
    if (word.length() > WORD_CHARS_MAX) {
      return null;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    int best = Math.min(SLIPS_MAX, (lower.length() - 1) / 2) + 1;
    String nearest = null;
    for (String candidate : candidates) {
      int slips = slips(lower, candidate);
      if (slips < best) {
        best = slips;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int slips(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
