package io.levee.engine.issue;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which events are the same problem: version 1 of the algorithm. The first of these that an
 * event has is what counts:
 *
 * <ol>
 *   <li>the client's fingerprint, its variables resolved; {@code {{ default }}} mixes in what would
 *       have counted without it
 *   <li>the exception chain: types and in-app frames; all frames when none is in-app; types and
 *       parameterised values when there is no frame
 *   <li>a transaction's name
 *   <li>the message: the client's template or else the parameterised text
 * </ol>
 *
 * <p>Line numbers, level, release and environment never count: they change while the problem stays.
 * Whatever changes the outcome for any event needs a new version. Pure and thread-safe.
 */
public final class Grouping {
  /** Of the algorithm. */
  public static final int VERSION = 1;

  /** Fields of {@code extra} in which clients send the text before its parameters went in. */
  private static final List<String> TEMPLATES =
      List.of(
          "message_template",
          "messageTemplate",
          "titleTemplate",
          "title_template",
          "sentry.message.template");

  private static final Set<String> DEFAULT_VARIABLES = Set.of("{{ default }}", "{{default}}");
  private static final int TEMPLATE_LETTERS_MIN = 3;
  private static final int MESSAGE_CHARS_MAX = 2_048;
  private static final int MESSAGE_LINES_MAX = 2;

  /**
   * What came of grouping.
   *
   * @param contributions what counted, in the order in which it was hashed
   */
  public record Grouped(Fingerprint fingerprint, List<Contribution> contributions) {
    public Grouped {
      contributions = List.copyOf(contributions);
    }
  }

  /** The event's fingerprint and what it is made of. Never throws for what an event holds. */
  public Grouped group(Event event) {
    List<String> own = event.clientFingerprint();
    if (own.isEmpty() || (own.size() == 1 && DEFAULT_VARIABLES.contains(own.getFirst()))) {
      return byContent(event);
    }
    GroupingInput input = new GroupingInput();
    for (String part : own) {
      if (DEFAULT_VARIABLES.contains(part)) {
        input.addAll(byContent(event).contributions());
      } else {
        input.add("fingerprint", GroupingVariables.resolve(part, event));
      }
    }
    return input.grouped();
  }

  private static Grouped byContent(Event event) {
    GroupingInput input = new GroupingInput();
    addExceptions(input, event);
    if (input.isEmpty() && event.kind() == Kind.TRANSACTION) {
      String name = event.culprit() != null ? event.culprit() : event.title();
      input.add("transaction", ParameterisedText.of(name));
    }
    if (input.isEmpty()) {
      input.add("message", message(event));
    }
    return input.grouped();
  }

  private static void addExceptions(GroupingInput input, Event event) {
    List<Contribution> previous = List.of();
    boolean framesAnywhere = event.exceptions().stream().anyMatch(e -> !e.frames().isEmpty());
    for (ExceptionInfo exception : event.exceptions()) {
      List<Contribution> next = exception(exception, event.platform(), framesAnywhere);
      // A retry loop chains the same exception again and again.
      if (!next.equals(previous)) {
        input.addAll(next);
      }
      previous = next;
    }
  }

  private static List<Contribution> exception(
      ExceptionInfo exception, @Nullable String platform, boolean framesAnywhere) {
    List<Contribution> found = new ArrayList<>();
    String type = exception.type();
    if (type != null && !type.isBlank()) {
      found.add(new Contribution("type", GroupingFrames.cleanModule(type)));
    }
    List<Contribution> frames = GroupingFrames.of(exception.frames(), platform);
    found.addAll(frames);
    boolean valueCounts = frames.isEmpty() && (found.isEmpty() || !framesAnywhere);
    if (valueCounts && exception.value() != null && !exception.value().isBlank()) {
      found.add(new Contribution("value", ParameterisedText.of(firstLines(exception.value()))));
    }
    return found;
  }

  private static String message(Event event) {
    String template = template(event.extra());
    if (template != null) {
      return ParameterisedText.of(firstLines(template));
    }
    String message = event.message();
    return ParameterisedText.of(
        firstLines(message == null || message.isBlank() ? event.title() : message));
  }

  private static @Nullable String template(Json.Obj extra) {
    if (extra.isEmpty()) {
      return null;
    }
    for (String key : TEMPLATES) {
      if (extra.get(key) instanceof Json.Text text && saysSomething(text.value())) {
        return text.value();
      }
    }
    return extra.object("logentry").get("message") instanceof Json.Text text
            && saysSomething(text.value())
        ? text.value()
        : null;
  }

  /** A template of nothing but places, as in {@code "{}: %s"}, would make one issue of all. */
  private static boolean saysSomething(String template) {
    int letters = 0;
    boolean place = false;
    for (int i = 0; i < template.length() && letters < TEMPLATE_LETTERS_MIN; i++) {
      char c = template.charAt(i);
      place = c == '{' || (place && c != '}');
      boolean format = i > 0 && template.charAt(i - 1) == '%';
      letters += Character.isLetter(c) && !place && !format ? 1 : 0;
    }
    return letters >= TEMPLATE_LETTERS_MIN;
  }

  /** What follows the first two lines that say something is a stack or a dump. */
  private static String firstLines(String text) {
    String head = text.length() > MESSAGE_CHARS_MAX ? text.substring(0, MESSAGE_CHARS_MAX) : text;
    if (head.indexOf('\n') < 0) {
      return head.strip();
    }
    return String.join(
        "\n",
        head.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .limit(MESSAGE_LINES_MAX)
            .toList());
  }
}
