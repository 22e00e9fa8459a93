package io.levee.engine.accept;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Knows secrets by their look. Each method answers for one place in a text with the end of the
 * secret that starts there, or {@link #NONE}; each looks at a bounded number of chars unless it
 * finds something.
 */
final class SecretShapes {
  static final int NONE = -1;

  /** Letters and digits. */
  private static final boolean[] WORD = new boolean[128];

  static {
    for (char c = 0; c < WORD.length; c++) {
      WORD[c] = Character.isLetterOrDigit(c);
    }
  }

  private static final int CARD_DIGITS_MIN = 13;
  private static final int CARD_DIGITS_MAX = 19;
  private static final int CREDENTIAL_CHARS_MIN = 8;
  private static final int PEM_LABEL_CHARS_MAX = 40;
  private static final int AUTHORITY_CHARS_MAX = 512;

  /**
   * @param prefix how the maker's keys begin
   * @param restMin how many chars follow at least
   */
  private record Vendor(String prefix, int restMin) {}

  private static final List<Vendor> VENDORS =
      List.of(
          new Vendor("AKIA", 16),
          new Vendor("ASIA", 16),
          new Vendor("AIza", 30),
          new Vendor("ghp_", 20),
          new Vendor("gho_", 20),
          new Vendor("ghu_", 20),
          new Vendor("ghs_", 20),
          new Vendor("ghr_", 20),
          new Vendor("github_pat_", 20),
          new Vendor("glpat-", 16),
          new Vendor("xoxb-", 10),
          new Vendor("xoxp-", 10),
          new Vendor("xoxa-", 10),
          new Vendor("xoxr-", 10),
          new Vendor("xoxs-", 10),
          new Vendor("xapp-", 10),
          new Vendor("sk_live_", 10),
          new Vendor("sk_test_", 10),
          new Vendor("rk_live_", 10),
          new Vendor("rk_test_", 10),
          new Vendor("sk-", 24),
          new Vendor("whsec_", 16),
          new Vendor("npm_", 30),
          new Vendor("SG.", 30));

  /** By the char they begin with, so that few are compared at the start of a word. */
  private static final List<List<Vendor>> BY_FIRST_CHAR =
      IntStream.range(0, 128)
          .mapToObj(c -> VENDORS.stream().filter(v -> v.prefix().charAt(0) == c).toList())
          .toList();

  private SecretShapes() {}

  static boolean isWordChar(char c) {
    return c < WORD.length && WORD[c];
  }

  /** A card's number, in one run or in groups parted by one kind of separator. */
  static int card(String text, int at) {
    if (at > 0 && (text.charAt(at - 1) == '.' || gluedBefore(text, at))) {
      return NONE;
    }
    int digits = 0;
    int evensDoubled = 0;
    int oddsDoubled = 0;
    char separator = 0;
    int i = at;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (++digits > CARD_DIGITS_MAX) {
          return NONE;
        }
        // Luhn from the left: both parities are summed, the number of digits picks one at the end.
        int digit = c - '0';
        int doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
        evensDoubled += digits % 2 == 0 ? doubled : digit;
        oddsDoubled += digits % 2 == 0 ? digit : doubled;
      } else if ((c == ' ' || c == '-')
          && (separator == 0 || separator == c)
          && digits < CARD_DIGITS_MAX
          && i + 1 < text.length()
          && Character.digit(text.charAt(i + 1), 10) >= 0) {
        separator = c;
      } else {
        break;
      }
    }
    boolean glued = i < text.length() && (isWordChar(text.charAt(i)) || text.charAt(i) == '_');
    int luhn = digits % 2 == 0 ? oddsDoubled : evensDoubled;
    return !glued && digits >= CARD_DIGITS_MIN && luhn % 10 == 0 && isIssued(text, at, digits)
        ? i
        : NONE;
  }

  private static boolean gluedBefore(String text, int at) {
    char before = text.charAt(at - 1);
    return before == '_' || (before == '-' && at > 1 && isWordChar(text.charAt(at - 2)));
  }

  /** Whether an issuer gives out numbers of this length with these first digits. */
  private static boolean isIssued(String text, int at, int digits) {
    int first = 0;
    int taken = 0;
    for (int i = at; taken < 4; i++) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit >= 0) {
        first = first * 10 + digit;
        taken++;
      }
    }
    int two = first / 100;
    return switch (digits) {
      case 13 -> two / 10 == 4;
      case 14 -> two == 36 || two == 38 || (first / 10 >= 300 && first / 10 <= 305);
      case 15 -> two == 34 || two == 37;
      case 16 -> isIssuedWithSixteen(first, two);
      default -> two / 10 == 4 || two == 62 || first == 6011;
    };
  }

  private static boolean isIssuedWithSixteen(int first, int two) {
    return two / 10 == 4
        || (two >= 51 && two <= 55)
        || (first >= 2221 && first <= 2720)
        || first == 6011
        || two == 65
        || two == 62
        || (first >= 6440 && first <= 6499)
        || (first >= 3528 && first <= 3589);
  }

  /**
   * The credentials after {@code Bearer} or {@code Basic}.
   *
   * @return the end, or NONE when what follows reads like a plain word
   */
  static int credentials(String text, int from) {
    int end = runEnd(text, from, "-._~+/=");
    boolean telling = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      telling |= c < 'a' || c > 'z';
    }
    return telling && end - from >= CREDENTIAL_CHARS_MIN ? end : NONE;
  }

  /** Header, payload and perhaps signature of a JSON web token (RFC 7519) in compact form. */
  static int jwt(String text, int at) {
    // Inside a run of these chars it cannot start; that also keeps the search linear.
    boolean inRun = at > 0 && (text.charAt(at - 1) == '-' || text.charAt(at - 1) == '_');
    if (inRun || !text.startsWith("eyJ", at)) {
      return NONE;
    }
    int dot = runEnd(text, at, "-_");
    if (dot - at < 10 || dot >= text.length() || text.charAt(dot) != '.') {
      return NONE;
    }
    int end = runEnd(text, dot + 1, "-_.");
    return end - dot > 4 ? end : NONE;
  }

  /** A PEM block (RFC 7468) with a private key; without its end it reaches to the text's end. */
  static int privateKey(String text, int at) {
    if (!text.startsWith("-----BEGIN ", at)) {
      return NONE;
    }
    String label = text.substring(at, Math.min(text.length(), at + PEM_LABEL_CHARS_MAX));
    if (!label.contains("PRIVATE KEY")) {
      return NONE;
    }
    int footer = text.indexOf("-----END", at);
    int dashes = footer < 0 ? -1 : text.indexOf("-----", footer + 8);
    return dashes < 0 ? text.length() : dashes + 5;
  }

  /** A key with a maker's prefix. The char must be ASCII. */
  static int vendorKey(String text, int at) {
    for (Vendor vendor : BY_FIRST_CHAR.get(text.charAt(at))) {
      if (text.startsWith(vendor.prefix(), at)) {
        int from = at + vendor.prefix().length();
        int end = runEnd(text, from, "-_.");
        return end - from >= vendor.restMin() ? end : NONE;
      }
    }
    return NONE;
  }

  /**
   * The place of the {@code @} that ends the password of an URL.
   *
   * @param authority where user and password start
   */
  static int userInfoEnd(String text, int authority) {
    int at = NONE;
    int limit = Math.min(text.length(), authority + AUTHORITY_CHARS_MAX);
    for (int i = authority; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        at = i;
      } else if (c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '<') {
        break;
      }
    }
    return at;
  }

  private static int runEnd(String text, int from, String others) {
    int i = from;
    while (i < text.length()
        && (isWordChar(text.charAt(i)) || others.indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }
}
