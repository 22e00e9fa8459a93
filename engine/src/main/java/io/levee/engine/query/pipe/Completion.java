package io.levee.engine.query.pipe;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What can stand at a place of a question: for editors. Looks only at the text before the place, so
 * that it works on questions that are half written. Pure; never throws.
 *
 * @param start of the word at the place, in chars
 * @param word from there to the place
 * @param command of the stage; empty in the filter
 */
public record Completion(Kind kind, int start, String word, String command) {
  /** What is wanted. */
  public enum Kind {
    /** Words of a filter: fields, and values behind {@code :} or {@code =}. */
    FILTER,
    /** A command's name. */
    COMMAND,
    /** A function of {@code stats}. */
    AGGREGATE,
    /** A field's name. */
    FIELD,
    /** A field, or a function of {@code eval}. */
    EXPRESSION,
    /** Nothing: in a text between quotation marks. */
    NOTHING
  }

  private static final Set<String> SUMMING =
      Set.of("stats", "eventstats", "streamstats", "timechart", "chart");
  private static final String WORD_ENDS = " \t\n(,|[]=+*/<>";

  /** What can stand at a place; places outside of the text count as its end. */
  public static Completion at(String text, int place) {
    int end = Math.clamp(place, 0, text.length());
    String before = PipelineParser.withoutRemarks(text.substring(0, end));
    int inner = innermost(before);
    List<int[]> parts = StageSplitter.split(before.substring(inner));
    int begun = inner + Math.min(parts.getLast()[0], before.length() - inner);
    String stage = before.substring(begun);
    if (parts.size() == 1) {
      return filter(before, begun, "");
    }
    String name = stage.stripLeading();
    int from = begun + stage.length() - name.length();
    int nameEnd = 0;
    while (nameEnd < name.length() && Character.isLetter(name.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameEnd == name.length()) {
      return new Completion(Kind.COMMAND, from, name, "");
    }
    String command = name.substring(0, nameEnd).toLowerCase(Locale.ROOT);
    return command.equals("search")
        ? filter(before, from + nameEnd, command)
        : argument(before, from + nameEnd, command);
  }

  /** Where the question begins whose bracket is still open. */
  private static int innermost(String before) {
    int open = before.lastIndexOf('[');
    boolean question =
        open > before.lastIndexOf(']') && before.lastIndexOf('|', open) >= 0 && !quoted(before, 0);
    return question ? open + 1 : 0;
  }

  private static boolean quoted(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return quoted;
  }

  /** A filter's word goes from the last blank that stands in no quotation marks. */
  private static Completion filter(String before, int from, String command) {
    int start = from;
    boolean quoted = false;
    for (int i = from; i < before.length(); i++) {
      char c = before.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && Character.isWhitespace(c)) {
        start = i + 1;
      }
    }
    while (start < before.length() && "(-+".indexOf(before.charAt(start)) >= 0) {
      start++;
    }
    return new Completion(Kind.FILTER, start, before.substring(start), command);
  }

  private static Completion argument(String before, int from, String command) {
    int start = before.length();
    while (start > from && WORD_ENDS.indexOf(before.charAt(start - 1)) < 0) {
      start--;
    }
    String word = before.substring(start);
    String till = before.substring(from, start);
    if (quoted(before, from)) {
      return new Completion(Kind.NOTHING, start, word, command);
    }
    return new Completion(kind(command, till), start, word, command);
  }

  private static Kind kind(String command, String till) {
    String lower = till.toLowerCase(Locale.ROOT);
    if (command.equals("where") || command.equals("eval") || lower.contains("eval(")) {
      return Kind.EXPRESSION;
    }
    boolean inside = till.lastIndexOf('(') > till.lastIndexOf(')');
    boolean grouping = lower.matches("(?s).*(?<!\\w)(by|over)(?!\\w).*");
    return SUMMING.contains(command) && !inside && !grouping ? Kind.AGGREGATE : Kind.FIELD;
  }
}
