package io.levee.engine.query.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextFinderTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "ab",
          "\\d",
          "\\d+",
          "\\w+",
          "\\s*",
          ".",
          ".*",
          "[ab]+",
          "[^a]",
          "[^ab ]*",
          "b?",
          "(a+)",
          "(?<n>\\d+)",
          "(?:b)",
          "(\\D+)",
          "-",
          "\\.",
          "é",
          "[a-c]",
          "[0-9-]+",
          "$",
          "a|b",
          "\\b",
          "\\W",
          "x{2}",
          "[\\d.]+",
          "😀",
          "(?P<m>[^ ]+)");

  private static final String LETTERS = "aabbc0019 -.é\n😀x";

  @Test
  void findsWhatRe2Finds() {
    Random random = new Random(5);
    int plain = 0;
    for (int i = 0; i < 20_000; i++) {
      String pattern = pattern(random);
      if (isUnreadable(pattern)) {
        continue;
      }
      TextFinder finder = TextFinder.of(pattern);
      plain += finder instanceof PlainFinder ? 1 : 0;
      for (int texts = 0; texts < 4; texts++) {
        String text = text(random);
        assertThat(found(finder, text, pattern))
            .as("%s in \"%s\"", pattern, text)
            .isEqualTo(expected(pattern, text));
      }
    }
    assertThat(plain).isGreaterThan(2_000);
  }

  @Test
  void takesTimeInProportionToTheTextWhateverThePattern() {
    String text = "a".repeat(200_000);
    TextFinder finder = TextFinder.of("a\\w+!");

    finder.reset(text);

    assertThat(finder).isInstanceOf(PlainFinder.class);
    assertThat(finder.find()).isFalse(); // 20 billion steps otherwise.
  }

  @Test
  void knowsPatternsThatLeaveNoChoice() {
    assertThat(PlainPattern.of("took (?<ms>\\d+) ms")).isNotNull();
    assertThat(PlainPattern.of("^(\\S+) \\[([^\\]]+)\\] \"(?<verb>[A-Z]+)")).isNotNull();
    assertThat(PlainPattern.of("(\\d+)0")).isNull();
    assertThat(PlainPattern.of(".*: (.*)")).isNull();
    assertThat(PlainPattern.of("a|b")).isNull();
    assertThat(PlainPattern.of("(?i)took")).isNull();
    assertThat(PlainPattern.of("a*")).isNull();
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder(random.nextInt(8) == 0 ? "^" : "");
    for (int i = 0; i <= random.nextInt(4); i++) {
      pattern.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return pattern.toString();
  }

  private static boolean isUnreadable(String pattern) {
    try {
      Patterns.regex(pattern);
      return false;
    } catch (IllegalArgumentException e) {
      return true; // The same name twice.
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int[] letters = LETTERS.codePoints().toArray();
    for (int i = random.nextInt(14); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static List<String> found(TextFinder finder, String text, String pattern) {
    int groups = Patterns.regex(pattern).groupCount();
    List<String> found = new ArrayList<>();
    finder.reset(text);
    while (finder.find() && found.size() < 50) {
      for (int i = 0; i <= groups; i++) {
        found.add(String.valueOf(finder.group(i)));
      }
    }
    return found;
  }

  private static List<String> expected(String pattern, String text) {
    Matcher matcher = Patterns.regex(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find() && found.size() < 50) {
      for (int i = 0; i <= matcher.groupCount(); i++) {
        found.add(String.valueOf(matcher.group(i)));
      }
    }
    return found;
  }
}
