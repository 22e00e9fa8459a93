package io.levee.engine.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cleans names of functions and files from what differs from build to build. */
final class GroupingNames {
  private static final Set<String> ANONYMOUS =
      Set.of("?", "<anonymous>", "(anonymous)", "anonymous", "<unknown>", "Anonymous function");
  private static final int HASH_CHARS_MIN = 6;
  private static final int HASH_CHARS_MAX = 64;

  private GroupingNames() {}

  /** The function's name, or null when it has none that means anything. */
  static @Nullable String function(@Nullable String function) {
    if (function == null || function.isBlank()) {
      return null;
    }
    String name = function;
    int alias = name.indexOf(" [as ");
    name = alias > 0 ? name.substring(0, alias) : name;
    name = without("async ", name);
    name = without("new ", name);
    name = without("Object.", name);
    name = name.startsWith("block ") ? name.substring(name.lastIndexOf(' ') + 1) : name;
    if (ANONYMOUS.contains(name)) {
      return null;
    }
    return name.endsWith(".<anonymous>")
        ? name.substring(0, name.length() - ".<anonymous>".length())
        : numbered(name);
  }

  private static String without(String prefix, String name) {
    return name.length() > prefix.length() && name.startsWith(prefix)
        ? name.substring(prefix.length())
        : name;
  }

  /** {@code lambda$pay$3}, {@code access$000}, {@code _index_html_erb__123_456}. */
  private static String numbered(String name) {
    int open = name.indexOf('<');
    int close = name.indexOf(">b__");
    if (open == 0 && close > 1) {
      return name.substring(1, close);
    }
    int end = withoutDigits(name);
    if (end < name.length() && end > 0 && name.charAt(end - 1) == '$') {
      return name.substring(0, end - 1);
    }
    int erb = name.indexOf("_erb__");
    return erb > 0 ? name.substring(0, erb + 4) : name;
  }

  /** Where the digits at a name's end begin; its length when there are none. */
  static int withoutDigits(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * The lower-case base name of a path or URL, without the hashes that bundlers put into it; null
   * when it is no file of the application's.
   */
  static @Nullable String file(String path) {
    if (path.contains("[native code]") || path.equals("native") || path.startsWith("<")) {
      return null;
    }
    boolean url = path.contains("://");
    int end = path.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = path.indexOf(stop);
      end = at >= 0 && at < end ? at : end;
    }
    int slash = Math.max(path.lastIndexOf('/', end - 1), path.lastIndexOf('\\', end - 1));
    String base = path.substring(Math.min(slash + 1, end), end).toLowerCase(Locale.ROOT);
    // An URL without a file is the page itself: an inline script.
    return base.isEmpty() || (url && base.indexOf('.') < 0) ? null : withoutHashes(base);
  }

  private static String withoutHashes(String base) {
    List<String> kept = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= base.length(); i++) {
      boolean ends = i == base.length() || base.charAt(i) == '.' || base.charAt(i) == '-';
      if (ends) {
        String part = base.substring(start, i);
        if (!looksLikeHash(part, !kept.isEmpty())) {
          kept.add(part);
        }
        start = i + 1;
      }
    }
    return String.join(".", kept);
  }

  private static boolean looksLikeHash(String part, boolean afterName) {
    if (part.length() < HASH_CHARS_MIN || part.length() > HASH_CHARS_MAX) {
      return false;
    }
    boolean digit = false;
    boolean hex = true;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_') {
        return false;
      }
      digit |= Character.isDigit(c);
      hex &= Character.digit(c, 16) >= 0;
    }
    return digit && (hex || (afterName && part.length() >= 8));
  }
}
