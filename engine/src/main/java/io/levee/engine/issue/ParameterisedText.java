package io.levee.engine.issue;

import org.jspecify.annotations.Nullable;

/**
 * Replaces what differs from event to event by a word for its kind, so that "order 17 failed" and
 * "order 18 failed" are the same message: {@code <email>}, {@code <url>}, {@code <hostname>},
 * {@code <ip>}, {@code <uuid>}, {@code <traceparent>}, {@code <sha1>}, {@code <md5>}, {@code
 * <hex>}, {@code <date>}, {@code <duration>}, {@code <float>}, {@code <int>}, {@code <quoted_str>}
 * after {@code =} and {@code <bool>} after {@code =}.
 *
 * <p>One pass from left to right without regular expressions; no place is looked at more than a
 * constant number of times. Pure and thread-safe.
 */
public final class ParameterisedText {
  private static final int QUOTED_CHARS_MAX = 256;

  private final String text;
  private final StringBuilder out;

  /** End of the last run of address chars, so that no run is measured twice. */
  private int runEnd;

  private boolean runHoldsAt;

  private final boolean tokens;

  private ParameterisedText(String text, boolean tokens) {
    this.text = text;
    this.tokens = tokens;
    this.out = new StringBuilder(text.length());
  }

  /** The text with its parameters replaced; the same instance when it has none. */
  public static String of(String text) {
    return of(text, false);
  }

  /**
   * The same as {@link #of}, and what is made up at random besides: {@code <token>} for words of
   * letters and digits mixed, as identifiers of payment services, ULIDs and session keys are.
   */
  public static String withTokens(String text) {
    return of(text, true);
  }

  private static String of(String text, boolean tokens) {
    String replaced = new ParameterisedText(text, tokens).replace();
    return replaced.equals(text) ? text : replaced;
  }

  private String replace() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean word = TextScan.isWord(c);
      boolean starts = at == 0 || !TextScan.isWord(text.charAt(at - 1));
      int next = -1;
      if (starts && (word || c == '-' || c == ':' || c == '[')) {
        next = parameter(at, c);
      } else if (c == '=') {
        next = assigned(at);
      }
      if (next > at) {
        at = next;
      } else if (word) {
        at = plainWord(at);
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  /** A word that is no parameter, but for a number that hangs on it after an underscore. */
  private int plainWord(int from) {
    int end = TextScan.wordEnd(text, from);
    int digits = end;
    while (digits > from && TextScan.isDigit(text.charAt(digits - 1))) {
      digits--;
    }
    if (digits > from && digits < end && text.charAt(digits - 1) == '_') {
      out.append(text, from, digits).append("<int>");
    } else {
      out.append(text, from, end);
    }
    return end;
  }

  private int parameter(int at, char c) {
    if (c == '-') {
      return signed(at);
    }
    int end = address(at, c);
    if (end > 0) {
      return end;
    }
    if (c == ':' || c == '[') {
      return -1;
    }
    end = identifier(at);
    if (end > 0) {
      return end;
    }
    end = DateForms.end(text, at);
    if (end > 0) {
      return put("<date>", end);
    }
    end = tokens ? TokenForms.end(text, at) : -1;
    if (end > 0) {
      return put("<token>", end);
    }
    return TextScan.isDigit(c) ? number(at) : -1;
  }

  /** A minus belongs to the number unless it joins two words. */
  private int signed(int at) {
    boolean digitFollows = at + 1 < text.length() && TextScan.isDigit(text.charAt(at + 1));
    boolean free =
        at == 0 || text.charAt(at - 1) == ' ' || "=(:[,".indexOf(text.charAt(at - 1)) >= 0;
    return digitFollows && free ? number(at + 1) : -1;
  }

  private int address(int at, char c) {
    int ip = AddressForms.ipEnd(text, at);
    if (ip > 0) {
      return put("<ip>", ip);
    }
    if (!TextScan.isWord(c)) {
      return -1;
    }
    int url = AddressForms.urlEnd(text, at);
    if (url > 0) {
      return put("<url>", url);
    }
    measureRun(at);
    int email = runHoldsAt ? AddressForms.emailEnd(text, at, runEnd) : -1;
    if (email > 0) {
      return put("<email>", email);
    }
    int host = AddressForms.hostEnd(text, at);
    return host > 0 ? put("<hostname>", host) : -1;
  }

  private void measureRun(int at) {
    if (at < runEnd) {
      return;
    }
    runHoldsAt = false;
    runEnd = at;
    while (runEnd < text.length() && AddressForms.isEmailChar(text.charAt(runEnd))) {
      runHoldsAt |= text.charAt(runEnd) == '@';
      runEnd++;
    }
  }

  private int identifier(int at) {
    int end = HexForms.traceparentEnd(text, at);
    if (end > 0) {
      return put("<traceparent>", end);
    }
    end = HexForms.uuidEnd(text, at);
    if (end > 0) {
      return put("<uuid>", end);
    }
    end = HexForms.hexEnd(text, at);
    return end > 0 ? put(HexForms.word(text, at, end), end) : -1;
  }

  private int number(int at) {
    int end = TextScan.digitsEnd(text, at);
    boolean fraction = TextScan.fractionFollows(text, end);
    end = fraction ? TextScan.digitsEnd(text, end + 1) : end;
    int duration = DurationForms.end(text, end);
    if (duration > 0) {
      return put("<duration>", duration);
    }
    int exponent = TextScan.exponentEnd(text, end);
    fraction |= exponent > end;
    end = Math.max(end, exponent);
    int wordEnd = end < text.length() ? TextScan.wordEnd(text, end) : end;
    // 12MB and 404px are numbers with a unit; 3f9k2x is neither number nor word.
    if (wordEnd - end > 3 || !TextScan.onlyLetters(text, end, wordEnd)) {
      return -1;
    }
    put(fraction ? "<float>" : "<int>", end);
    out.append(text, end, wordEnd);
    return wordEnd;
  }

  private int put(String word, int end) {
    out.append(word);
    return end;
  }

  /** {@code key='anything'} and {@code key=true}. */
  private int assigned(int at) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    char quote = text.charAt(at + 1);
    if (quote == '\'' || quote == '"') {
      int end = closing(at + 2, quote);
      return end < 0 ? -1 : put("=" + quote + "<quoted_str>" + quote, end + 1);
    }
    String bool = boolAt(at + 1);
    return bool == null ? -1 : put("=<bool>", at + 1 + bool.length());
  }

  private int closing(int from, char quote) {
    int limit = Math.min(text.length(), from + QUOTED_CHARS_MAX);
    for (int i = from; i < limit; i++) {
      if (text.charAt(i) == quote) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable String boolAt(int at) {
    String word = text.regionMatches(true, at, "true", 0, 4) ? "true" : "false";
    int end = at + word.length();
    boolean found = text.regionMatches(true, at, word, 0, word.length());
    return found && TextScan.endsWord(text, end) ? word : null;
  }
}
