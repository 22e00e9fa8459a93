package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Value;
import io.levee.event.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a row has its fields from before a stage changes them. Immutable. */
public interface RowSource {
  /** A field's value; nothing when it isn't there. */
  Value get(String field);

  /** The fields that are there and are shown when nobody chooses. */
  Set<String> names();

  /** Whether there is an event behind the row. */
  default boolean isEvent() {
    return event() != null;
  }

  /** The event behind the row; null when there is none. */
  @Nullable Event event();
}
