package io.levee.engine.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of hits.
 *
 * @param next what to ask with for the page after this one; null when this is the last
 */
public record SearchPage(List<StoredEvent> events, @Nullable String next) {
  public SearchPage {
    events = List.copyOf(events);
  }
}
