package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the limits that keep the code readable: file and method length, words that say nothing,
 * things left for later.
 */
final class TidyTest {
  private static final int FILE_LINES_MAX = 600;
  private static final int METHOD_LINES_MAX = 60;

  /** The first line of a method: of a type, or with a modifier of a type within one. */
  private static final Pattern METHOD =
      Pattern.compile(
          "^(?: {2}(?! )|    (?=(?:private|public|protected|static) ))(?!.*\\b(?:class|record|interface|enum|new)\\b)[^=;]*\\([^=;]*$");

  private static final Pattern NAME_THAT_SAYS_NOTHING =
      Pattern.compile("(Impl|Manager|Helper|Utils?|Dto)\\.java$|^(Abstract|Base)[A-Z]");
  private static final Pattern LEFT_FOR_LATER =
      Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?! because)");

  /** Tables that happen to be written in Java: one long list reads better than its pieces. */
  private static final Set<String> TABLES =
      Set.of(
          "ShopProblems.java",
          "OrdersProblems.java",
          "StorefrontProblems.java",
          "WorkerProblems.java",
          "Examples.java");

  private static final Path ROOT = root();

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("levee"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no project above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target"))
          .filter(file -> !ROOT.relativize(file).toString().contains("test/clients"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void findsTheSources() {
    assertThat(sources()).hasSizeGreaterThan(100);
  }

  @Test
  void noFileIsTooLongToRead() {
    assertThat(sources())
        .allSatisfy(file ->
            assertThat(lines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(FILE_LINES_MAX));
  }

  @Test
  void noMethodIsTooLongToRead() {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      if (!TABLES.contains(file.getFileName().toString())) {
        tooLong.addAll(longMethods(file.getFileName().toString(), lines(file)));
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void theMethodRuleBites() {
    List<String> text = new ArrayList<>(List.of("  void long() {"));
    for (int i = 0; i < METHOD_LINES_MAX; i++) {
      text.add("    count++;");
    }
    text.add("  }");

    assertThat(longMethods("X.java", text)).hasSize(1);
    assertThat(longMethods("X.java", List.of("  void quick() {", "    count++;", "  }"))).isEmpty();
  }

  /** A method ends at the closing brace that is indented as its first line is. */
  private static List<String> longMethods(String name, List<String> lines) {
    List<String> tooLong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher method = METHOD.matcher(lines.get(i));
      if (!method.find()) {
        continue;
      }
      String line = lines.get(i);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      int end = i + 1;
      while (end < lines.size()
          && !lines.get(end).equals(indent + "}")
          && !endsWithoutBody(lines.get(end), indent)) {
        end++;
      }
      if (end < lines.size()
          && lines.get(end).equals(indent + "}")
          && end - i + 1 > METHOD_LINES_MAX) {
        tooLong.add(name + ":" + (i + 1) + " " + (end - i + 1) + " lines");
      }
    }
    return tooLong;
  }

  /**
   * A blank line, or one that is indented as the first, before the closing brace: it was no method
   * but a field or an abstract one.
   */
  private static boolean endsWithoutBody(String line, String indent) {
    boolean sameIndent =
        line.startsWith(indent)
            && line.length() > indent.length()
            && line.charAt(indent.length()) != ' ';
    return sameIndent && !line.startsWith(indent + ")") && !line.startsWith(indent + "}");
  }

  @Test
  void everyTypeIsNamedForWhatItIs() {
    assertThat(sources())
        .allSatisfy(file ->
            assertThat(NAME_THAT_SAYS_NOTHING.matcher(file.getFileName().toString()).find())
                .as(file.toString())
                .isFalse());
  }

  @Test
  void nothingIsLeftForLater() {
    for (Path file : sources()) {
      if (!file.endsWith("TidyTest.java")) {
        assertThat(lines(file))
            .as(file.toString())
            .noneMatch(line -> LEFT_FOR_LATER.matcher(line).find());
      }
    }
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    for (Path file :
        sources().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .filter(file -> !file.endsWith("module-info.java"))
            .toList()) {
      Path packageInfo = file.resolveSibling("package-info.java");
      assertThat(packageInfo).exists();
      assertThat(lines(packageInfo)).as(packageInfo.toString()).contains("@NullMarked");
    }
  }
}
