package io.levee.engine.issue;

import java.util.Set;

/** Addresses: URLs, mail, IP, host names. */
final class AddressForms {
  private static final int SCHEME_CHARS_MAX = 20;
  private static final int HOST_CHARS_MAX = 253;
  private static final int EMAIL_LOCAL_CHARS_MAX = 64;

  /**
   * Only these last labels make a dotted word a host: names of classes, properties and files have
   * dots too.
   */
  private static final Set<String> TOP_LEVELS =
      Set.of(
          "com",
          "net",
          "org",
          "edu",
          "gov",
          "io",
          "dev",
          "cloud",
          "local",
          "internal",
          "lan",
          "localdomain",
          "example",
          "test",
          "de",
          "uk",
          "fr",
          "nl",
          "eu",
          "jp",
          "ch",
          "se",
          "dk",
          "pl",
          "cz",
          "ru",
          "br",
          "au",
          "ca",
          "cn",
          "info",
          "biz",
          "arpa");

  private AddressForms() {}

  /**
   * {@code scheme://…} up to a blank, quote or bracket; a full stop at its end is not part of it.
   */
  static int urlEnd(String text, int at) {
    int colon = at;
    while (colon < text.length()
        && colon - at < SCHEME_CHARS_MAX
        && (TextScan.isLetter(text.charAt(colon)) || text.charAt(colon) == '+')) {
      colon++;
    }
    if (colon == at || !text.startsWith("://", colon)) {
      return -1;
    }
    int end = colon + 3;
    while (end < text.length()
        && text.charAt(end) > ' '
        && "\"'<>)]}|`".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (".,;:!?".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > colon + 3 ? end : -1;
  }

  static boolean isEmailChar(char c) {
    return TextScan.isWord(c) || ".%+-@".indexOf(c) >= 0;
  }

  static int emailEnd(String text, int at, int runEnd) {
    int sign = at;
    while (sign < runEnd && sign - at <= EMAIL_LOCAL_CHARS_MAX && text.charAt(sign) != '@') {
      sign++;
    }
    if (sign == at || sign >= runEnd || text.charAt(sign) != '@') {
      return -1;
    }
    int end = sign + 1;
    int dot = -1;
    while (end < runEnd && isHostChar(text.charAt(end))) {
      dot =
          text.charAt(end) == '.' && end + 1 < runEnd && TextScan.isLetter(text.charAt(end + 1))
              ? end
              : dot;
      end++;
    }
    while (end > sign && !TextScan.isWord(text.charAt(end - 1))) {
      end--;
    }
    return dot > sign + 1 && end > dot + 2 ? end : -1;
  }

  private static boolean isHostChar(char c) {
    return TextScan.isLetter(c) || TextScan.isDigit(c) || c == '-' || c == '.';
  }

  /** A host name with a known last label, or localhost. */
  static int hostEnd(String text, int at) {
    if (text.startsWith("localhost", at) && TextScan.endsWord(text, at + 9)) {
      return at + 9;
    }
    if (at > 0 && (text.charAt(at - 1) == '.' || text.charAt(at - 1) == '-')) {
      return -1;
    }
    int end = at;
    int lastDot = -1;
    while (end < text.length() && end - at < HOST_CHARS_MAX && isHostChar(text.charAt(end))) {
      lastDot =
          text.charAt(end) == '.'
                  && end + 1 < text.length()
                  && TextScan.isLetter(text.charAt(end + 1))
              ? end
              : lastDot;
      end++;
    }
    while (end > at && !TextScan.isWord(text.charAt(end - 1))) {
      end--;
    }
    boolean known =
        lastDot > at && lastDot < end && TOP_LEVELS.contains(text.substring(lastDot + 1, end));
    return known && TextScan.endsWord(text, end) && !TextScan.is(text, end, '(') ? end : -1;
  }

  /** An address of version 4, or of version 6 with at least two colons. */
  static int ipEnd(String text, int at) {
    char c = text.charAt(at);
    if (TextScan.isDigit(c)) {
      int four = ip4End(text, at);
      if (four > 0) {
        return four;
      }
    }
    return c == '[' ? -1 : ip6End(text, at);
  }

  private static int ip4End(String text, int at) {
    int i = at;
    for (int part = 0; part < 4; part++) {
      int digits = TextScan.digitCount(text, i, 4);
      if (digits == 0 || digits > 3 || (part < 3 && !TextScan.is(text, i + digits, '.'))) {
        return -1;
      }
      i += digits + (part < 3 ? 1 : 0);
    }
    boolean goesOn = TextScan.fractionFollows(text, i);
    return TextScan.endsWord(text, i) && !goesOn ? i : -1;
  }

  private static int ip6End(String text, int at) {
    int end = at;
    int colons = 0;
    int group = 0;
    boolean doubled = false;
    while (end < text.length() && end - at < 45) {
      char c = text.charAt(end);
      if (c == ':') {
        doubled |= group == 0 && end > at && text.charAt(end - 1) == ':';
        if (++colons > 7) {
          return -1;
        }
        group = 0;
      } else if (Character.digit(c, 16) >= 0 && c < 128) {
        if (++group > 4) {
          return -1;
        }
      } else {
        break;
      }
      end++;
    }
    boolean whole = colons == 7 || (doubled && colons >= 2 && end - at > 2);
    boolean hexStart = text.charAt(at) != ':' || TextScan.is(text, at + 1, ':');
    return whole && hexStart && TextScan.endsWord(text, end) && group > 0 ? end : -1;
  }
}
