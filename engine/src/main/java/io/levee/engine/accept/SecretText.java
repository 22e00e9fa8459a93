package io.levee.engine.accept;

import static io.levee.engine.accept.SecretShapes.NONE;

import io.levee.engine.accept.ScrubRules.Shape;
import java.util.List;

/**
 * Finds secrets in a text in one pass: by their look, and as values of secret keys in anything that
 * reads like {@code key=value}, {@code "key":"value"} or {@code key: value}, which covers
 * urlencoded forms, JSON, query strings, headers and log lines. Thread-safe.
 */
final class SecretText {
  /** What stands where a secret stood. */
  static final String FILTERED = "[Filtered]";

  private static final int TEXT_CHARS_MIN = 6;
  private static final List<String> SCHEMES = List.of("Bearer ", "Basic ");

  /** Nothing begins or ends with it. */
  private static final byte PLAIN = 0;

  /** A closer look is worth its while. */
  private static final byte TELLING = 1;

  /** The same, but only where a word begins, which is seldom: most letters are within words. */
  private static final byte TELLING_FIRST = 2;

  private static final byte[] LOOK = new byte[128];

  static {
    for (char c : ":=-".toCharArray()) {
      LOOK[c] = TELLING;
    }
    for (char c : "23456AbBegrsnwxS".toCharArray()) {
      LOOK[c] = TELLING_FIRST;
    }
  }

  private final boolean cards;
  private final boolean authorizations;
  private final boolean webTokens;
  private final boolean privateKeys;
  private final boolean vendorKeys;
  private final boolean urlPasswords;
  private final SecretAssignments assignments;

  SecretText(ScrubRules rules, SecretKeys keys) {
    this.cards = rules.shapes().contains(Shape.CARD);
    this.authorizations = rules.shapes().contains(Shape.AUTHORIZATION);
    this.webTokens = rules.shapes().contains(Shape.JWT);
    this.privateKeys = rules.shapes().contains(Shape.PRIVATE_KEY);
    this.vendorKeys = rules.shapes().contains(Shape.VENDOR_KEY);
    this.urlPasswords = rules.shapes().contains(Shape.URL_PASSWORD);
    this.assignments = new SecretAssignments(keys);
  }

  /**
   * The text with every secret replaced by {@link #FILTERED}.
   *
   * @param source whether it is a line of source code, where only literals can be secrets
   * @return the same instance when it holds none
   */
  String scrub(String text, boolean source) {
    int length = text.length();
    if (length < TEXT_CHARS_MIN) {
      return text;
    }
    StringBuilder clean = null;
    int copied = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      byte look = c < LOOK.length ? LOOK[c] : PLAIN;
      if (look == PLAIN
          || (look == TELLING_FIRST && i > 0 && SecretShapes.isWordChar(text.charAt(i - 1)))) {
        continue;
      }
      long span = c == ':' || c == '=' ? assigned(text, i, source) : shape(text, i, c);
      if (span != NONE) {
        clean = clean == null ? new StringBuilder(length) : clean;
        clean.append(text, copied, Span.start(span)).append(FILTERED);
        copied = Span.end(span);
        i = copied - 1;
      }
    }
    return clean == null ? text : clean.append(text, copied, length).toString();
  }

  private long assigned(String text, int at, boolean source) {
    if (text.startsWith("://", at)) {
      return urlPasswords ? urlPassword(text, at + 3) : NONE;
    }
    return assignments.find(text, at, source);
  }

  private static long urlPassword(String text, int authority) {
    int end = SecretShapes.userInfoEnd(text, authority);
    if (end == NONE) {
      return NONE;
    }
    int colon = text.indexOf(':', authority);
    return colon < 0 || colon + 1 >= end ? NONE : Span.of(colon + 1, end);
  }

  private long shape(String text, int at, char c) {
    return switch (c) {
      case '-' -> privateKeys ? span(at, SecretShapes.privateKey(text, at)) : NONE;
      case '2', '3', '4', '5', '6' -> cards ? span(at, SecretShapes.card(text, at)) : NONE;
      case 'b', 'B' -> authorizations ? authorization(text, at) : NONE;
      case 'e' -> webTokens ? span(at, SecretShapes.jwt(text, at)) : NONE;
      default -> vendorKeys ? span(at, SecretShapes.vendorKey(text, at)) : NONE;
    };
  }

  private static long authorization(String text, int at) {
    for (String scheme : SCHEMES) {
      if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
        int from = at + scheme.length();
        return span(from, SecretShapes.credentials(text, from));
      }
    }
    return NONE;
  }

  private static long span(int start, int end) {
    return end == NONE ? NONE : Span.of(start, end);
  }
}
