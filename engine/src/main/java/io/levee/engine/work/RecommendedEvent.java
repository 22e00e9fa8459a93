package io.levee.engine.work;

import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the event of an issue that tells the most; of those that tell as much, the newest. */
public final class RecommendedEvent {
  private RecommendedEvent() {}

  /** The one to show first; empty when there are none. */
  public static Optional<Event> of(List<Event> events) {
    return events.stream()
        .max(Comparator.comparingInt(RecommendedEvent::worth).thenComparing(Event::time));
  }

  /** A point for everything that helps to understand what happened. */
  static int worth(Event event) {
    int worth = 0;
    worth += event.exceptions().stream().anyMatch(RecommendedEvent::hasSource) ? 3 : 0;
    worth += event.exceptions().stream().anyMatch(each -> !each.frames().isEmpty()) ? 3 : 0;
    worth += event.breadcrumbs().isEmpty() ? 0 : 2;
    worth += event.request().isEmpty() ? 0 : 2;
    worth += event.user().isEmpty() ? 0 : 1;
    worth += event.release() == null ? 0 : 1;
    worth += event.traceId() == null ? 0 : 1;
    worth += event.contexts().isEmpty() ? 0 : 1;
    worth += event.extra().isEmpty() ? 0 : 1;
    return worth;
  }

  private static boolean hasSource(ExceptionInfo exception) {
    return exception.frames().stream().anyMatch(RecommendedEvent::hasSource);
  }

  private static boolean hasSource(Frame frame) {
    return frame.contextLine() != null;
  }
}
