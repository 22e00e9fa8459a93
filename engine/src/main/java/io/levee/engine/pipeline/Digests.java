package io.levee.engine.pipeline;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.event.ProjectId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a store holds of a day, project by project. A store that can't be read to the end is a
 * finding, and what could be read of it counts: so that the other days are looked at, too.
 */
record Digests(Map<ProjectId, ContentDigest> byProject) {
  private static final Logger LOG = LoggerFactory.getLogger(Digests.class);

  /**
   * Reads a day's events and digests them.
   *
   * @param damage takes what is found
   */
  static Digests of(
      String store, LocalDate day, List<Finding> damage, Consumer<Consumer<StoredEvent>> scan) {
    Map<ProjectId, ContentDigest> digests = new HashMap<>();
    guarded(
        store,
        day,
        damage,
        () -> {
          scan.accept(stored ->
              digests.merge(
                  stored.event().project(), ContentDigest.of(stored.json()), ContentDigest::plus));
          return digests;
        });
    return new Digests(digests);
  }

  /** Takes the digests that a store was told when the events were written. */
  static Digests told(
      String store,
      LocalDate day,
      List<Finding> damage,
      Supplier<Map<ProjectId, ContentDigest>> read) {
    return new Digests(guarded(store, day, damage, read));
  }

  /** Damage makes readers of files throw anything: whatever it is, the store can't be read. */
  private static Map<ProjectId, ContentDigest> guarded(
      String store,
      LocalDate day,
      List<Finding> damage,
      Supplier<Map<ProjectId, ContentDigest>> read) {
    try {
      return read.get();
    } catch (BackendException.Unavailable | BackendException.OverCapacity e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("day", day).setCause(e).log("cannot read the " + store);
      damage.add(new Finding(store + " of " + day + ", rebuild it: " + e, true));
      return Map.of();
    }
  }

  Set<ProjectId> projects() {
    return byProject.keySet();
  }

  ContentDigest of(ProjectId project) {
    return byProject.getOrDefault(project, ContentDigest.EMPTY);
  }
}
