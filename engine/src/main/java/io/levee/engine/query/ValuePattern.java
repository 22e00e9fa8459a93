package io.levee.engine.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A wildcard or a regular expression that is laid over whole words or values. The values come in
 * lower case. Immutable.
 */
public sealed interface ValuePattern {
  /** Whether it covers the value from end to end. */
  boolean matches(String value);

  /** What every value that matches begins with; empty when nothing is known. */
  String prefix();

  /**
   * {@code *} for any run of characters, {@code ?} for any one; a backslash makes the next literal.
   */
  static ValuePattern wildcard(String pattern) {
    return Glob.of(pattern);
  }

  /**
   * A regular expression in RE2's syntax, which takes time in proportion to the value's length, no
   * matter how it is written.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ValuePattern regex(String pattern) {
    try {
      return new Expression(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("regular expression: " + e.getDescription(), e);
    }
  }

  /**
   * Addresses within a block such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ValuePattern cidr(String block) {
    AddressBlock parsed = AddressBlock.parse(block);
    if (parsed == null) {
      throw new IllegalArgumentException("block: " + block + " (expected: as in 10.0.0.0/8)");
    }
    return new Within(parsed);
  }

  /** See {@link #cidr}. */
  record Within(AddressBlock block) implements ValuePattern {
    @Override
    public boolean matches(String value) {
      return block.holds(value);
    }

    @Override
    public String prefix() {
      return "";
    }
  }

  /** Values between a range's bounds, as text; see {@link Query.Range}. */
  static ValuePattern between(Query.Range range) {
    return new Between(range);
  }

  /** See {@link #between}. The order is that of code points, which is that of UTF-8 bytes. */
  record Between(Query.Range range) implements ValuePattern {
    @Override
    public boolean matches(String value) {
      return above(value) && below(value);
    }

    private boolean above(String value) {
      if (range.from() == null) {
        return true;
      }
      int order = compare(value, Values.fold(range.from()));
      return range.includesFrom() ? order >= 0 : order > 0;
    }

    private boolean below(String value) {
      if (range.to() == null) {
        return true;
      }
      int order = compare(value, Values.fold(range.to()));
      return range.includesTo() ? order <= 0 : order < 0;
    }

    private static int compare(String a, String b) {
      return Arrays.compareUnsigned(
          a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String prefix() {
      return "";
    }
  }

  /** See {@link #regex}. */
  record Expression(Pattern pattern) implements ValuePattern {
    @Override
    public boolean matches(String value) {
      return pattern.matcher(value).matches();
    }

    @Override
    public String toString() {
      return "/" + pattern + "/";
    }

    @Override
    public String prefix() {
      return "";
    }
  }

  /**
   * See {@link #wildcard}.
   *
   * @param codes code points, with {@link #ANY_RUN} and {@link #ANY_ONE} among them
   */
  record Glob(String prefix, List<Integer> codes) implements ValuePattern {
    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (int code : codes) {
        text.appendCodePoint(code == ANY_RUN ? '*' : code == ANY_ONE ? '?' : code);
      }
      return text.toString();
    }

    static Glob of(String pattern) {
      List<Integer> codes = new ArrayList<>();
      StringBuilder prefix = new StringBuilder();
      boolean literal = true;
      int[] points = pattern.codePoints().toArray();
      for (int i = 0; i < points.length; i++) {
        int point = points[i];
        if (point == '*' || point == '?') {
          literal = false;
          codes.add(point == '*' ? ANY_RUN : ANY_ONE);
          continue;
        }
        if (point == '\\' && i + 1 < points.length) {
          point = points[++i];
        }
        for (int lower :
            Character.toString(point).toLowerCase(Locale.ROOT).codePoints().toArray()) {
          codes.add(lower);
          if (literal) {
            prefix.appendCodePoint(lower);
          }
        }
      }
      return new Glob(prefix.toString(), List.copyOf(codes));
    }

    /** Greedy with one step back: each star need only be tried from where the last one stood. */
    @Override
    public boolean matches(String value) {
      int at = 0;
      int code = 0;
      int star = -1;
      int starAt = 0;
      while (at < value.length()) {
        int point = value.codePointAt(at);
        if (code < codes.size() && (codes.get(code) == point || codes.get(code) == ANY_ONE)) {
          at += Character.charCount(point);
          code++;
        } else if (code < codes.size() && codes.get(code) == ANY_RUN) {
          star = code++;
          starAt = at;
        } else if (star >= 0) {
          starAt += Character.charCount(value.codePointAt(starAt));
          at = starAt;
          code = star + 1;
        } else {
          return false;
        }
      }
      while (code < codes.size() && codes.get(code) == ANY_RUN) {
        code++;
      }
      return code == codes.size();
    }
  }
}
