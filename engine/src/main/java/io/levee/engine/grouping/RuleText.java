package io.levee.engine.grouping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rules from the form that Sentry made customary: one a line, {@code #} begins a comment.
 *
 * <pre>
 * error.type:DatabaseUnavailable -> system-down
 * message:"Connection to * failed" tags.region:eu -> conn, {{ default }} title="Connection lost"
 * !stack.module:com.shop.* stack.function:pay level:fatal -> {{ default }}, {{ stack.function }}
 * stack.module:com.shop.* +app
 * path:**&#47;node_modules/** -app
 * </pre>
 *
 * A rule with an arrow gives a fingerprint, one that ends in {@code +app} or {@code -app} says
 * whose frames these are. {@code *} stands for any characters, {@code ?} for one; {@code !}
 * negates. Pure.
 */
public final class RuleText {
  /** Longer texts are refused. */
  public static final int CHARS_MAX = 64 * 1024;

  /** More rules are refused: each is asked about every event. */
  public static final int RULES_MAX = 500;

  private static final int MATCHERS_MAX = 16;
  private static final int PARTS_MAX = 16;
  private static final String APP = "+app";
  private static final String NOT_APP = "-app";

  /** What came of compiling. */
  public sealed interface Compiled {}

  /** The rules are good. */
  public record Rules(GroupingRules rules) implements Compiled {}

  /** They are not; the errors are in the order of their lines. */
  public record Errors(List<RuleError> errors) implements Compiled {
    public Errors {
      errors = List.copyOf(errors);
    }
  }

  private final List<FingerprintRule> fingerprints = new ArrayList<>();
  private final List<FrameRule> frames = new ArrayList<>();

  private RuleText() {}

  /** Compiles all, or says everything that is wrong: the first error of each line. */
  public static Compiled compile(String text) {
    if (text.length() > CHARS_MAX) {
      String message = text.length() + " characters (expected: up to " + CHARS_MAX + ")";
      return new Errors(List.of(new RuleError(1, 1, message)));
    }
    RuleText compiler = new RuleText();
    List<RuleError> errors = new ArrayList<>();
    String[] lines = text.split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      try {
        compiler.line(lines[i], i + 1);
      } catch (RuleLine.Wrong wrong) {
        errors.add(new RuleError(i + 1, wrong.column(), wrong.said()));
      }
    }
    int rules = compiler.fingerprints.size() + compiler.frames.size();
    if (rules > RULES_MAX) {
      errors.add(new RuleError(1, 1, rules + " rules (expected: up to " + RULES_MAX + ")"));
    }
    return errors.isEmpty()
        ? new Rules(new GroupingRules(text, compiler.fingerprints, compiler.frames))
        : new Errors(errors);
  }

  private void line(String text, int number) throws RuleLine.Wrong {
    RuleLine line = new RuleLine(text);
    if (line.isEmpty()) {
      return;
    }
    List<RuleMatcher> matchers = new ArrayList<>();
    while (true) {
      int at = line.column();
      if (line.takes("->")) {
        notEmpty(matchers, at);
        fingerprints.add(fingerprint(line, matchers, text.strip()));
        return;
      }
      if (line.takes(APP) || line.isAt(NOT_APP)) {
        boolean app = !line.takes(NOT_APP);
        notEmpty(matchers, at);
        ofFramesOnly(matchers, at);
        line.end();
        String because = "rule in line " + number + ": " + text.strip();
        frames.add(new FrameRule(matchers, new InApp.Answer(app, because)));
        return;
      }
      if (line.isEmpty()) {
        throw new RuleLine.Wrong(at, "the rule ends (expected: ->, +app or -app)");
      }
      matchers.add(matcher(line));
      if (matchers.size() > MATCHERS_MAX) {
        throw new RuleLine.Wrong(at, "too many conditions (expected: up to " + MATCHERS_MAX + ")");
      }
    }
  }

  private static void notEmpty(List<RuleMatcher> matchers, int at) throws RuleLine.Wrong {
    if (matchers.isEmpty()) {
      throw new RuleLine.Wrong(at, "no condition (expected: one before, as in error.type:Foo)");
    }
  }

  private static void ofFramesOnly(List<RuleMatcher> matchers, int at) throws RuleLine.Wrong {
    for (RuleMatcher matcher : matchers) {
      if (!matcher.field().isOfFrame()) {
        throw new RuleLine.Wrong(
            at, "+app and -app need conditions on frames (expected: stack.module, path …)");
      }
    }
  }

  private static RuleMatcher matcher(RuleLine line) throws RuleLine.Wrong {
    boolean negated = line.takes("!");
    int at = line.column();
    String name = line.name();
    RuleField field = RuleField.parse(name);
    if (field == null) {
      throw new RuleLine.Wrong(at, unknown(name));
    }
    if (!line.takes(":")) {
      throw new RuleLine.Wrong(
          line.column(), "no \":\" behind " + name + " (expected: " + name + ":value)");
    }
    int valueAt = line.column();
    String value = line.value();
    if (value.isEmpty()) {
      throw new RuleLine.Wrong(valueAt, name + " has no value (expected: " + name + ":value)");
    }
    String tag = field == RuleField.TAGS ? name.substring("tags.".length()) : "";
    return new RuleMatcher(field, tag, pattern(field, value), negated);
  }

  private static GlobPattern pattern(RuleField field, String value) {
    boolean path = field == RuleField.PATH;
    String written = path && value.startsWith("**/") ? "*/" + value.substring(3) : value;
    boolean open = path && !written.startsWith("/") && !written.startsWith("*");
    String whole = open && !written.contains("://") ? "*/" + written : written;
    return new GlobPattern(whole, field.isCaseSensitive());
  }

  private static String unknown(String name) {
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String known : RuleField.names()) {
      int far = distance(name, known);
      if (far < best) {
        best = far;
        nearest = known;
      }
    }
    String shown = name.isEmpty() ? "a condition" : "\"" + name + "\"";
    return best <= Math.max(2, name.length() / 3)
        ? "unknown field " + shown + " (expected: " + nearest + "?)"
        : "unknown field "
            + shown
            + " (expected: one of "
            + String.join(", ", RuleField.names())
            + ")";
  }

  /** How many letters must change to make one word of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static FingerprintRule fingerprint(RuleLine line, List<RuleMatcher> matchers, String text)
      throws RuleLine.Wrong {
    List<String> parts = new ArrayList<>();
    String title = null;
    while (!line.isEmpty()) {
      int at = line.column();
      if (line.takes("title=")) {
        title = title(line, at);
        line.end();
        break;
      }
      String part = line.part();
      if (part.isEmpty()) {
        throw new RuleLine.Wrong(at, "an empty part of the fingerprint (expected: a word)");
      }
      parts.add(part);
      if (parts.size() > PARTS_MAX) {
        throw new RuleLine.Wrong(at, "too many parts (expected: up to " + PARTS_MAX + ")");
      }
      line.takes(",");
    }
    if (parts.isEmpty()) {
      throw new RuleLine.Wrong(
          line.column(), "no fingerprint behind -> (expected: words, or {{ default }})");
    }
    return new FingerprintRule(matchers, parts, title, text);
  }

  private static @Nullable String title(RuleLine line, int at) throws RuleLine.Wrong {
    String title = line.value();
    if (title.isBlank()) {
      throw new RuleLine.Wrong(at, "an empty title (expected: title=\"some text\")");
    }
    return title;
  }
}
