package io.levee.engine.issue;

import io.levee.event.Event;
import io.levee.event.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which text speaks for an event without exceptions. Pure and thread-safe. */
public final class MessageText {
  /** Fields of {@code extra} in which clients send the text before its parameters went in. */
  private static final List<String> TEMPLATES =
      List.of(
          "message_template",
          "messageTemplate",
          "titleTemplate",
          "title_template",
          "sentry.message.template");

  private static final int TEMPLATE_LETTERS_MIN = 3;
  private static final int MESSAGE_CHARS_MAX = 2_048;
  private static final int MESSAGE_LINES_MAX = 2;

  private MessageText() {}

  /** The client's template, the message, or the title; parameters still in it. */
  public static String of(Event event) {
    String template = template(event.extra());
    if (template != null) {
      return template;
    }
    String message = event.message();
    return message == null || message.isBlank() ? event.title() : message;
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

  /** The first two lines that say something: what follows is a stack or a dump. */
  public static String firstLines(String text) {
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
