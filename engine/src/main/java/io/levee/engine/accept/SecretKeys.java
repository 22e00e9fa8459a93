package io.levee.engine.accept;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Judges by a field's name whether its value is a secret. Thread-safe.
 *
 * <p>Names repeat from event to event, so verdicts are remembered in a table of fixed size where a
 * new name replaces an old one: a client that invents names costs time, never memory.
 */
final class SecretKeys {
  /** How secret what stands under a key is. */
  enum Verdict {
    HARMLESS,
    /** A plain value is secret; a structure is looked into; in prose it must look like a secret. */
    VALUE,
    /** Whatever it is. */
    ALL,
    /** Whatever it is, and in text up to the end of the line. */
    LINE
  }

  private record Remembered(String key, Verdict verdict) {}

  private static final int SLOTS = 4096;
  private static final int REMEMBERED_CHARS_MAX = 64;
  private static final int KEY_CHARS_MAX = 256;

  private final ScrubRules rules;
  private final AtomicReferenceArray<Remembered> remembered = new AtomicReferenceArray<>(SLOTS);

  SecretKeys(ScrubRules rules) {
    this.rules = rules;
  }

  Verdict judge(String key) {
    if (key.length() > REMEMBERED_CHARS_MAX) {
      return decide(Cut.to(key, KEY_CHARS_MAX));
    }
    int hash = key.hashCode();
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Remembered known = remembered.getPlain(slot);
    if (known != null && known.key().equals(key)) {
      return known.verdict();
    }
    Verdict verdict = decide(key);
    remembered.setRelease(slot, new Remembered(key, verdict));
    return verdict;
  }

  private Verdict decide(String key) {
    // The shell's working directory, which every CGI environment carries.
    if (key.equals("PWD") || key.equals("OLDPWD")) {
      return Verdict.HARMLESS;
    }
    List<String> words = words(key);
    words.removeAll(rules.harmlessWords());
    if (words.isEmpty()) {
      return Verdict.HARMLESS;
    }
    String joined = String.join("", words);
    String last = words.getLast();
    if (rules.lineKeys().contains(joined)) {
      return Verdict.LINE;
    }
    if (words.size() > 1 && rules.harmlessEndings().contains(last)) {
      return Verdict.HARMLESS;
    }
    if (holdsPart(joined) || words.stream().anyMatch(rules.words()::contains)) {
      return Verdict.ALL;
    }
    boolean lastIsSecret =
        rules.lastWords().contains(last)
            || (last.endsWith("token") && rules.lastWords().contains("token"));
    return lastIsSecret ? Verdict.VALUE : Verdict.HARMLESS;
  }

  private boolean holdsPart(String joined) {
    for (String part : rules.parts()) {
      if (joined.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The key's words in lower case: split at anything but letters and digits, and at camel humps.
   */
  static List<String> words(String key) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        add(words, key, start, i);
        start = -1;
        i += isPercentEscape(key, i) ? 2 : 0;
      } else if (start < 0) {
        start = i;
      } else if (startsHump(key, i)) {
        add(words, key, start, i);
        start = i;
      }
    }
    add(words, key, start, key.length());
    return words;
  }

  private static void add(List<String> words, String key, int start, int end) {
    if (start >= 0) {
      words.add(key.substring(start, end).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean startsHump(String key, int i) {
    if (!Character.isUpperCase(key.charAt(i))) {
      return false;
    }
    boolean afterLower = !Character.isUpperCase(key.charAt(i - 1));
    boolean beforeLower = i + 1 < key.length() && Character.isLowerCase(key.charAt(i + 1));
    return afterLower || beforeLower;
  }

  /** {@code user%5Bpassword%5D} is how a form sends {@code user[password]}. */
  private static boolean isPercentEscape(String key, int i) {
    return key.charAt(i) == '%'
        && i + 2 < key.length()
        && Character.digit(key.charAt(i + 1), 16) >= 0
        && Character.digit(key.charAt(i + 2), 16) >= 0;
  }
}
