package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import java.util.Map;
import java.util.Set;

/**
 * Events of one object that are to go.
 *
 * @param ordinals their numbers in the object, those included that were replaced before
 * @param digests of those that still counted, by project and day
 */
record Erased(Set<Integer> ordinals, Map<ProjectDay, ContentDigest> digests) {
  static final Erased NOTHING = new Erased(Set.of(), Map.of());

  Erased {
    ordinals = Set.copyOf(ordinals);
    digests = Map.copyOf(digests);
  }

  /** How many of them counted. */
  long events() {
    return digests.values().stream().mapToLong(ContentDigest::events).sum();
  }
}
