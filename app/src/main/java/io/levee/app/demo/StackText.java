package io.levee.app.demo;

import io.levee.app.demo.Problem.Call;
import io.levee.app.demo.Problem.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the stack traces in which the problems are written down, close to how programs print them.
 * A line without indent is an exception, {@code Type: message}. An indented one is a call, the
 * application's own with a plus before it: {@code pkg.Class.method(File.java:12)}, or {@code
 * path:line:column function | source line}. {@code @name} stands for the frames of a framework.
 */
final class StackText {
  private static final String CAUSED_BY = "Caused by: ";

  private final Map<String, String> frameworks;

  /**
   * @param frameworks the calls behind each {@code @name}
   */
  StackText(Map<String, String> frameworks) {
    this.frameworks = frameworks;
  }

  List<Thrown> read(String text) {
    List<Thrown> chain = new ArrayList<>();
    String head = "";
    List<Call> calls = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(" ")) {
        calls.addAll(calls(line.strip()));
      } else if (!line.isBlank()) {
        addTo(chain, head, calls);
        head = line.startsWith(CAUSED_BY) ? line.substring(CAUSED_BY.length()) : line;
        calls = new ArrayList<>();
      }
    }
    addTo(chain, head, calls);
    return List.copyOf(chain);
  }

  private static void addTo(List<Thrown> chain, String head, List<Call> calls) {
    if (!head.isEmpty()) {
      int colon = head.indexOf(": ");
      String type = colon < 0 ? head : head.substring(0, colon);
      chain.add(new Thrown(type, colon < 0 ? "" : head.substring(colon + 2), List.copyOf(calls)));
    }
  }

  private List<Call> calls(String line) {
    if (line.startsWith("@")) {
      String framework = frameworks.getOrDefault(line.substring(1), "");
      return framework.lines().map(String::strip).map(StackText::call).toList();
    }
    return List.of(call(line));
  }

  private static Call call(String line) {
    boolean inApp = line.startsWith("+ ");
    String words = inApp ? line.substring(2) : line;
    return words.endsWith(")") && !words.contains(" ")
        ? javaCall(inApp, words)
        : fileCall(inApp, words);
  }

  private static Call javaCall(boolean inApp, String words) {
    int open = words.indexOf('(');
    int dot = words.lastIndexOf('.', open);
    int colon = words.indexOf(':', open);
    return new Call(
        inApp,
        words.substring(0, dot),
        words.substring(dot + 1, open),
        words.substring(open + 1, colon),
        Integer.parseInt(words.substring(colon + 1, words.length() - 1)),
        0,
        "");
  }

  private static Call fileCall(boolean inApp, String words) {
    int bar = words.indexOf(" | ");
    String call = bar < 0 ? words : words.substring(0, bar);
    String source = bar < 0 ? "" : words.substring(bar + 3);
    int blank = call.indexOf(' ');
    // node:internal/… has a colon of its own, so places are read from the right.
    String[] place = call.substring(0, blank).split(":(?=[0-9])", 3);
    int column = place.length > 2 ? Integer.parseInt(place[2]) : 0;
    String file = place[0].substring(place[0].lastIndexOf('/') + 1);
    String function = call.substring(blank + 1);
    return new Call(inApp, place[0], function, file, Integer.parseInt(place[1]), column, source);
  }
}
