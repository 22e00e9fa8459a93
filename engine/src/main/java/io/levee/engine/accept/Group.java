package io.levee.engine.accept;

import io.levee.engine.grouping.Grouped;
import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.issue.Culprit;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event its fingerprint, the others by which its issue is found, the title that a rule of
 * the project wants, and its culprit when the client named none. Thread-safe.
 */
public final class Group implements AcceptStep {
  private final GroupingInForce grouping;

  public Group(GroupingInForce grouping) {
    this.grouping = grouping;
  }

  @Override
  public Event apply(Event event) {
    String given = event.culprit();
    @Nullable String culprit = given == null || given.isBlank() ? Culprit.of(event) : given;
    Grouped grouped = grouping.group(event);
    EventBuilder next = event.toBuilder().fingerprint(grouped.primary()).culprit(culprit);
    if (event.kind() == Kind.ERROR) { // Only errors become issues.
      next.variants(grouped.others());
      String title = grouped.title();
      if (title != null && !title.isBlank()) {
        next.title(title);
      }
    }
    return next.build();
  }
}
