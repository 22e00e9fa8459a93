package io.levee.edge.sentry;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.util.List;

/**
 * Fills a log message's template when the client sent template and parameters but not the result:
 * {@code %s}, {@code %d} and their like, and {@code {}}, in order. Pure.
 */
final class MessageTemplate {
  private static final String CONVERSIONS = "sdrifx";

  private MessageTemplate() {}

  /** The template with as many places filled as there are parameters. */
  static String fill(String template, List<Json> parameters) {
    if (parameters.isEmpty()) {
      return template;
    }
    StringBuilder out = new StringBuilder(template.length() + 32);
    int next = 0;
    int at = 0;
    while (at < template.length()) {
      if (next < parameters.size() && isPlace(template, at)) {
        out.append(text(parameters.get(next++)));
        at += 2;
      } else {
        out.append(template.charAt(at++));
      }
    }
    return out.toString();
  }

  private static boolean isPlace(String template, int at) {
    if (at + 1 >= template.length()) {
      return false;
    }
    char first = template.charAt(at);
    char second = template.charAt(at + 1);
    return (first == '%' && CONVERSIONS.indexOf(second) >= 0) || (first == '{' && second == '}');
  }

  private static String text(Json parameter) {
    String text = parameter.scalarText();
    return text == null ? JsonText.write(parameter) : text;
  }
}
