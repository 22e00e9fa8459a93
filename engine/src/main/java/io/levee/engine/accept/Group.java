package io.levee.engine.accept;

import io.levee.engine.issue.Culprit;
import io.levee.engine.issue.Grouping;
import io.levee.event.Event;
import org.jspecify.annotations.Nullable;

/** Gives an event its fingerprint, and its culprit when the client named none. Thread-safe. */
public final class Group implements AcceptStep {
  private final Grouping grouping;

  public Group(Grouping grouping) {
    this.grouping = grouping;
  }

  @Override
  public Event apply(Event event) {
    String given = event.culprit();
    @Nullable String culprit = given == null || given.isBlank() ? Culprit.of(event) : given;
    return event.toBuilder()
        .fingerprint(grouping.group(event).fingerprint())
        .culprit(culprit)
        .build();
  }
}
