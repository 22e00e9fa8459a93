package io.levee.console;

import io.levee.event.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a stack trace.
 *
 * @param function what was called, with its class or module
 * @param place file and line
 * @param source the lines around; empty when none were sent
 * @param vars local variables
 */
record FrameView(
    String function,
    String module,
    String place,
    boolean inApp,
    List<SourceLine> source,
    List<JsonLines.Entry> vars) {
  /** A line of source code; its number is empty when unknown. */
  record SourceLine(String number, String text, boolean running) {}

  static FrameView of(Frame frame) {
    return new FrameView(
        Objects.requireNonNullElse(frame.function(), "(anonymous)"),
        Objects.requireNonNullElse(frame.module(), ""),
        place(frame),
        frame.isInApp(),
        source(frame),
        JsonLines.entries(frame.vars()));
  }

  /** Without source and variables. */
  static FrameView brief(Frame frame) {
    return new FrameView(
        Objects.requireNonNullElse(frame.function(), "(anonymous)"),
        Objects.requireNonNullElse(frame.module(), ""),
        place(frame),
        frame.isInApp(),
        List.of(),
        List.of());
  }

  /** Whether there is anything to unfold. */
  boolean hasMore() {
    return !source.isEmpty() || !vars.isEmpty();
  }

  static String place(Frame frame) {
    String file = frame.file() != null ? frame.file() : frame.path();
    if (file == null) {
      return "";
    }
    String line = frame.line() == null ? "" : ":" + frame.line();
    return file + line + (frame.column() == null ? "" : ":" + frame.column());
  }

  private static List<SourceLine> source(Frame frame) {
    String running = frame.contextLine();
    if (running == null) {
      return List.of();
    }
    List<SourceLine> lines = new ArrayList<>();
    int before = frame.preContext().size();
    for (int i = 0; i < before; i++) {
      lines.add(line(frame.line(), i - before, frame.preContext().get(i)));
    }
    lines.add(line(frame.line(), 0, running));
    for (int i = 0; i < frame.postContext().size(); i++) {
      lines.add(line(frame.line(), i + 1, frame.postContext().get(i)));
    }
    return lines;
  }

  private static SourceLine line(@Nullable Integer at, int offset, String text) {
    return new SourceLine(at == null ? "" : Integer.toString(at + offset), text, offset == 0);
  }
}
