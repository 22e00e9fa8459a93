package io.levee.engine.query.pipe;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A question's text in two parts, for changing one and leaving the other as it was written. Any
 * text has them, also one that can't be read.
 *
 * @param filter what stands before the first bar
 * @param stages the rest, with that bar; empty when there is none
 */
public record QuestionText(String filter, String stages) {
  private static final Pattern OPERATOR = Pattern.compile("(?<!\\S)OR(?!\\S)");
  private static final Pattern LAST_SORT =
      Pattern.compile("\\s*\\|\\s*sort\\s+([-+]?)([\\w.:]+|\"[^\"|]*\")\\s*$");
  private static final Pattern PLAIN = Pattern.compile("[\\w.]+");

  /** Cuts a text. */
  public static QuestionText of(String text) {
    List<int[]> parts = StageSplitter.split(PipelineParser.withoutRemarks(text));
    int end = Math.min(parts.getFirst()[1], text.length());
    return new QuestionText(text.substring(0, end).strip(), text.substring(end).strip());
  }

  /** The whole text. */
  public String text() {
    return filter.isEmpty() || stages.isEmpty() ? filter + stages : filter + " " + stages;
  }

  /**
   * The same with one term more in its filter; the same when it stands there already.
   *
   * @param term as in {@code host:web-1}
   */
  public QuestionText and(String term) {
    if (filter.isEmpty() || filter.equals("*")) {
      return new QuestionText(term, stages);
    }
    if ((" " + filter + " ").contains(" " + term + " ")) {
      return this;
    }
    boolean open = OPERATOR.matcher(filter).find() && !filter.startsWith("search ");
    return new QuestionText((open ? "(" + filter + ")" : filter) + " " + term, stages);
  }

  /** The filter alone. */
  public QuestionText events() {
    return new QuestionText(filter, "");
  }

  /** Without the words that choose the time, so that another choice counts. */
  public QuestionText untimed() {
    String bare = PipelineParser.withoutTimes(filter).strip().replaceAll("\\s{2,}", " ");
    return new QuestionText(bare, stages);
  }

  /** Which column the last stage sorts by, with {@code -} for the greatest first; else empty. */
  public String sorted() {
    var last = LAST_SORT.matcher(stages);
    return last.find() ? ("-".equals(last.group(1)) ? "-" : "") + unquoted(last.group(2)) : "";
  }

  /** Sorted by a column in the end, in the place of a last sort that stands there. */
  public QuestionText sortedBy(String column, boolean greatestFirst) {
    String name = PLAIN.matcher(column).matches() ? column : '"' + column + '"';
    String before = LAST_SORT.matcher(stages).replaceFirst("");
    String sort = "| sort " + (greatestFirst ? "-" : "") + name;
    return new QuestionText(filter, before.isEmpty() ? sort : before + " " + sort);
  }

  private static String unquoted(String name) {
    return name.replace("\"", "");
  }
}
