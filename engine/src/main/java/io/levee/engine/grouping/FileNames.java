package io.levee.engine.grouping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Base names of files, without the hashes that bundlers and template engines put into them. */
final class FileNames {
  private FileNames() {}

  /**
   * The lower-case base name of a path or URL; null when it is none: native code, evaluated text,
   * or a page whose own script it is.
   */
  static @Nullable String base(String path) {
    if (path.isEmpty() || path.charAt(0) == '<' || path.equals("native")) {
      return null;
    }
    if (path.indexOf('[') >= 0 && path.contains("[native code]")) {
      return null;
    }
    int end = end(path);
    int start = end;
    boolean dotted = false;
    while (start > 0 && !isSlash(path.charAt(start - 1))) {
      start--;
      dotted |= path.charAt(start) == '.';
    }
    if (start == end || (!dotted && path.contains("://"))) {
      return null;
    }
    char[] name = new char[end - start];
    path.getChars(start, end, name, 0);
    return withoutHashes(name).toLowerCase(Locale.ROOT);
  }

  private static int end(String path) {
    int end = path.length();
    int query = path.indexOf('?');
    int fragment = path.indexOf('#');
    end = query > 0 ? query : end;
    return fragment > 0 && fragment < end ? fragment : end;
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  private static String withoutHashes(char[] name) {
    int length = name.length > NamePart.HASH_CHARS_MIN ? cutHashes(name) : name.length;
    boolean cut = length < name.length;
    int from = cut && length > 0 && (name[0] == '.' || name[0] == '-') ? 1 : 0;
    return new String(name, from, length - from);
  }

  /**
   * Moves what is no hash together, to the beginning.
   *
   * @return how many characters that are
   */
  private static int cutHashes(char[] name) {
    int length = 0;
    int partAt = 0;
    NamePart part = new NamePart();
    for (int i = 0; i < name.length; i++) {
      char c = name[i];
      int kind = Letters.kind(c);
      if (kind == Letters.NONE && separates(c)) {
        if (part.isHash(i > part.length())) {
          length = Math.max(partAt - 1, 0);
        }
        partAt = length + 1;
        part.clear();
      } else {
        part.add(c, kind);
      }
      name[length++] = c;
    }
    boolean last = part.isHash(name.length > part.length());
    return last ? Math.max(partAt - 1, 0) : length;
  }

  private static boolean separates(char c) {
    return c == '-' || c == '.' || c == '~' || c == '_';
  }
}
