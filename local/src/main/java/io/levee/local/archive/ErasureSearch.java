package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.index.Erasing;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.spool.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks for events that are to go, by reading every block of their project: nothing else says what
 * is in them. One thread, while nothing is pending.
 */
final class ErasureSearch {
  private final Generation generation;
  private final Storage storage;
  private final Erasing which;

  ErasureSearch(Generation generation, Storage storage, Erasing which) {
    this.generation = generation;
    this.storage = storage;
    this.which = which;
  }

  /**
   * What of an object is to go.
   *
   * @throws BackendException.Corrupt when some of it can't be read: then it stays as it is
   */
  Erased in(ArchiveObject object) throws IOException {
    if (!object.holds(which.project())) {
      return Erased.NOTHING;
    }
    Set<Integer> replaced = generation.catalog().removed(object);
    Set<Integer> ordinals = new HashSet<>();
    Map<ProjectDay, ContentDigest> digests = new HashMap<>();
    try (ObjectReader reader = new ObjectReader(storage, object)) {
      for (Block block : reader.blocks()) {
        ProjectDay key = object.head().sections().get(block.section()).key();
        if (!key.project().equals(which.project())) {
          continue;
        }
        try (Lines lines = reader.lines(block)) {
          for (int ordinal = block.firstOrdinal(); lines.next(); ordinal++) {
            byte[] json = lines.copy();
            if (which.takes(new StoredEvent(json))) {
              ordinals.add(ordinal);
              if (!replaced.contains(ordinal)) {
                digests.merge(key, ContentDigest.of(json), ContentDigest::plus);
              }
            }
          }
        }
      }
    }
    return new Erased(ordinals, digests);
  }
}
