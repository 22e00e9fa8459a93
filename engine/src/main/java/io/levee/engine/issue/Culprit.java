package io.levee.engine.issue;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Kind;
import org.jspecify.annotations.Nullable;

/** Says in a few words where an event happened. */
public final class Culprit {
  private Culprit() {}

  /**
   * The first in-app function of the exception that surfaced, as {@code module.function} or {@code
   * file in function}; without any in-app frame the first function of all; for a transaction its
   * name.
   *
   * @return null when the event has neither
   */
  public static @Nullable String of(Event event) {
    Frame fallback = null;
    for (ExceptionInfo exception : event.exceptions()) {
      boolean clientKnows = GroupingFrames.clientKnowsApp(exception.frames());
      for (Frame frame : exception.frames()) {
        if (words(frame) == null) {
          continue;
        }
        if (GroupingFrames.isApp(frame, clientKnows)) {
          return words(frame);
        }
        fallback = fallback == null ? frame : fallback;
      }
    }
    if (fallback != null) {
      return words(fallback);
    }
    return event.kind() == Kind.TRANSACTION ? event.title() : null;
  }

  private static @Nullable String words(Frame frame) {
    String function = frame.function();
    if (frame.module() != null && !frame.module().isBlank()) {
      return function == null ? frame.module() : frame.module() + "." + function;
    }
    String file = frame.file() != null ? frame.file() : frame.path();
    if (file == null) {
      return function;
    }
    return function == null ? file : file + " in " + function;
  }
}
