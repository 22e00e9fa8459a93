package io.levee.engine.issue;

/** Identifiers written in hex: UUIDs, trace parents, digests, addresses. */
final class HexForms {
  private static final int HEX_DIGITS_MIN = 8;

  private HexForms() {}

  private static boolean isHex(char c) {
    return TextScan.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean hexRun(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return false;
    }
    for (int i = at; i < at + digits; i++) {
      if (!isHex(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** W3C trace context: {@code 00-<32 hex>-<16 hex>-<2 hex>}. */
  static int traceparentEnd(String text, int at) {
    boolean found =
        hexRun(text, at, 2)
            && TextScan.is(text, at + 2, '-')
            && hexRun(text, at + 3, 32)
            && TextScan.is(text, at + 35, '-')
            && hexRun(text, at + 36, 16)
            && TextScan.is(text, at + 52, '-')
            && hexRun(text, at + 53, 2)
            && TextScan.endsWord(text, at + 55);
    return found ? at + 55 : -1;
  }

  /** RFC 9562: 8-4-4-4-12 hex digits. */
  static int uuidEnd(String text, int at) {
    boolean found =
        hexRun(text, at, 8)
            && TextScan.is(text, at + 8, '-')
            && hexRun(text, at + 9, 4)
            && TextScan.is(text, at + 13, '-')
            && hexRun(text, at + 14, 4)
            && TextScan.is(text, at + 18, '-')
            && hexRun(text, at + 19, 4)
            && TextScan.is(text, at + 23, '-')
            && hexRun(text, at + 24, 12)
            && TextScan.endsWord(text, at + 36);
    return found ? at + 36 : -1;
  }

  /** Eight hex digits or more with at least one letter and one digit, or anything after 0x. */
  static int hexEnd(String text, int at) {
    boolean prefixed = TextScan.is(text, at, '0') && TextScan.is(text, at + 1, 'x');
    int from = prefixed ? at + 2 : at;
    int end = from;
    boolean digit = false;
    boolean letter = false;
    while (end < text.length() && isHex(text.charAt(end))) {
      digit |= TextScan.isDigit(text.charAt(end));
      letter |= !TextScan.isDigit(text.charAt(end));
      end++;
    }
    boolean telling = prefixed ? end > from : digit && letter && end - from >= HEX_DIGITS_MIN;
    return telling && TextScan.endsWord(text, end) ? end : -1;
  }

  static String word(String text, int at, int end) {
    return switch (text.charAt(at + 1) == 'x' ? 0 : end - at) {
      case 40 -> "<sha1>";
      case 32 -> "<md5>";
      default -> "<hex>";
    };
  }
}
