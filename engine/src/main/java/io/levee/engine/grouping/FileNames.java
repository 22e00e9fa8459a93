package io.levee.engine.grouping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Base names of files, without the hashes that bundlers and template engines put into them. */
final class FileNames {
  private static final int HASH_CHARS_MIN = 6;
  private static final int HASH_CHARS_MAX = 64;
  private static final int BUNDLER_HASH_CHARS_MIN = 7;
  private static final int BUNDLER_HASH_CHARS_MAX = 24;
  private static final int TURNS_OF_A_HASH = 4;

  private FileNames() {}

  /**
   * The lower-case base name of a path or URL; null when it is none: native code, evaluated text,
   * or a page whose own script it is.
   */
  static @Nullable String base(String path) {
    if (path.isEmpty() || path.charAt(0) == '<' || path.equals("native")) {
      return null;
    }
    if (path.contains("[native code]")) {
      return null;
    }
    boolean url = path.contains("://");
    int end = end(path);
    int slash = Math.max(path.lastIndexOf('/', end - 1), path.lastIndexOf('\\', end - 1));
    String base = path.substring(Math.min(slash + 1, end), end);
    if (base.isEmpty() || (url && base.indexOf('.') < 0)) {
      return null;
    }
    return withoutHashes(base).toLowerCase(Locale.ROOT);
  }

  private static int end(String path) {
    int end = path.length();
    int query = path.indexOf('?');
    int fragment = path.indexOf('#');
    end = query > 0 ? query : end;
    return fragment > 0 && fragment < end ? fragment : end;
  }

  private static String withoutHashes(String base) {
    if (base.length() <= HASH_CHARS_MIN) {
      return base;
    }
    StringBuilder kept = null;
    int start = 0;
    int copied = 0;
    for (int i = 0; i <= base.length(); i++) {
      if (i < base.length() && "-.~_".indexOf(base.charAt(i)) < 0) {
        continue;
      }
      if (isHash(base, start, i)) {
        kept = kept == null ? new StringBuilder() : kept;
        kept.append(base, copied, Math.max(copied, start - 1));
        copied = i;
      }
      start = i + 1;
    }
    if (kept == null) {
      return base;
    }
    String name = kept.append(base, copied, base.length()).toString();
    return name.startsWith(".") || name.startsWith("-") ? name.substring(1) : name;
  }

  private static boolean isHash(String text, int from, int to) {
    int length = to - from;
    if (length < HASH_CHARS_MIN || length > HASH_CHARS_MAX) {
      return false;
    }
    int digits = 0;
    int upper = 0;
    int turns = 0;
    boolean hex = true;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        return false;
      }
      digits += FrameName.isDigit(c) ? 1 : 0;
      upper += Character.isUpperCase(c) ? 1 : 0;
      hex &= Character.digit(c, 16) >= 0;
      turns += i > from && kindOf(c) != kindOf(text.charAt(i - 1)) ? 1 : 0;
    }
    if (hex && digits > 0) {
      return true;
    }
    // esbuild: capitals and digits; Vite and Rollup: letters of both cases and digits, mixed.
    boolean bundler =
        from > 0 && length >= BUNDLER_HASH_CHARS_MIN && length <= BUNDLER_HASH_CHARS_MAX;
    return bundler
        && (upper + digits == length || turns >= TURNS_OF_A_HASH || (digits > 0 && turns >= 2));
  }

  private static int kindOf(char c) {
    return FrameName.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : 2;
  }
}
