package io.levee.engine.accept;

import io.levee.event.Event;

/**
 * Cuts what is longer than the {@link TrimLimits}, so that no single event can be a burden. Every
 * cut leaves a TRUNCATED or DROPPED mark with the original length. Thread-safe.
 */
public final class TrimFields implements AcceptStep {
  private final TrimLimits limits;

  public TrimFields(TrimLimits limits) {
    this.limits = limits;
  }

  @Override
  public Event apply(Event event) {
    Changes changes = new Changes(limits.marksMax());
    return new EventWalk(new TrimEdit(limits, changes), changes).walk(event);
  }
}
