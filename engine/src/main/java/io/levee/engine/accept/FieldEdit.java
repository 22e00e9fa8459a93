package io.levee.engine.accept;

import io.levee.event.Json;
import io.levee.event.Pair;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link EventWalk} asks about each field. An answer that differs from the question has been
 * noted in the walk's {@link Changes}; an unchanged field comes back as the same instance.
 */
interface FieldEdit {
  /** What a text is, as far as its treatment depends on it. */
  enum Role {
    TITLE,
    MESSAGE,
    /** A short word: logger, host, type, function … */
    NAME,
    /** Anything else that people or programs wrote. */
    TEXT,
    /** A line of source code. */
    SOURCE
  }

  /** Lists that have a limit each. */
  enum Items {
    EXCEPTIONS,
    FRAMES,
    BREADCRUMBS,
    SOURCE_LINES,
    FINGERPRINT
  }

  /** The two halves of an event that may hold free JSON, each with its own limit of fields. */
  enum Area {
    EVENT,
    STACK
  }

  /**
   * Under which name a shared list is noted to hold nothing that this edit changes; null when that
   * depends on what came before it in the event.
   */
  @Nullable Object unchanged();

  String text(Role role, String value);

  List<Pair> pairs(List<Pair> pairs);

  Map<String, String> tags(Map<String, String> tags);

  Json json(Area area, Json value);

  /** Which of the items stay; their content is asked about one by one afterwards. */
  <T> List<T> items(Items which, List<T> items);
}
