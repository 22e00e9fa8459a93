package io.levee.engine.release;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A version that can be put in order by reading it: semantic versions (semver.org 2.0, section 11),
 * and their relatives of one to four numbers. What stands before an {@code @}, as in {@code
 * shop@1.2.3}, is the package's name; only versions of one package are comparable.
 *
 * @param numbers major, minor, patch and one more
 * @param preRelease what follows a dash, by its dots; empty for a release proper
 */
public record SemanticVersion(String packageName, List<Long> numbers, List<String> preRelease)
    implements Comparable<SemanticVersion> {
  private static final int NUMBERS = 4;

  /** A lone number is a build's number or a date, but never seven digits or more of a commit. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(.*)@)?[vV]?(\\d{1,6}|\\d{8}|\\d{1,15}(?:\\.\\d{1,15}){1,3})"
              + "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]*)?");

  public SemanticVersion {
    numbers = List.copyOf(numbers);
    preRelease = List.copyOf(preRelease);
  }

  /** The version that a release's name says; null when it says none. */
  public static @Nullable SemanticVersion parse(String name) {
    Matcher parts = FORM.matcher(name);
    if (!parts.matches()) {
      return null;
    }
    String packageName = parts.group(1);
    String preRelease = parts.group(3);
    Long[] numbers = new Long[NUMBERS];
    Arrays.fill(numbers, 0L);
    String[] digits = parts.group(2).split("\\.", -1);
    IntStream.range(0, digits.length).forEach(i -> numbers[i] = Long.valueOf(digits[i]));
    return new SemanticVersion(
        packageName == null ? "" : packageName,
        List.of(numbers),
        preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1)));
  }

  /** By package, then as semver says: numbers, and a pre-release before its release. */
  @Override
  public int compareTo(SemanticVersion other) {
    int order = packageName.compareTo(other.packageName);
    for (int i = 0; order == 0 && i < NUMBERS; i++) {
      order = Long.compare(numbers.get(i), other.numbers.get(i));
    }
    if (order != 0 || preRelease.equals(other.preRelease)) {
      return order;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return preRelease.isEmpty() ? 1 : -1;
    }
    int common = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; order == 0 && i < common; i++) {
      order = compare(preRelease.get(i), other.preRelease.get(i));
    }
    return order != 0 ? order : Integer.compare(preRelease.size(), other.preRelease.size());
  }

  /** Numbers before words; of equal numbers that are written differently, by their text. */
  private static int compare(String left, String right) {
    boolean leftIsNumber = isNumber(left);
    if (leftIsNumber != isNumber(right)) {
      return leftIsNumber ? -1 : 1;
    }
    int order = leftIsNumber ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : 0;
    return order != 0 ? order : left.compareTo(right);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 15
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
