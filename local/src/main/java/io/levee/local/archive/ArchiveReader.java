package io.levee.local.archive;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import io.levee.spool.Storage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds and scans. For any number of threads, beside the writer. */
final class ArchiveReader {
  private final Generation generation;
  private final Storage storage;

  ArchiveReader(Generation generation, Storage storage) {
    this.generation = generation;
    this.storage = storage;
  }

  /** One event; the newest when several days have the id. */
  Optional<StoredEvent> find(ProjectScope scope, EventId id) {
    while (true) {
      long version = generation.catalog().version();
      byte[] found = search(scope, id);
      // An object may have been replaced while we looked: what is not found is looked for again.
      if (found != null || version == generation.catalog().version()) {
        return Optional.ofNullable(found).map(StoredEvent::new);
      }
    }
  }

  private byte @Nullable [] search(ProjectScope scope, EventId id) {
    for (ArchiveObject object : generation.catalog().objects().reversed()) {
      for (ProjectId project : scope.projects()) {
        if (object.holds(project)) {
          byte[] found = search(object, project, id);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private byte @Nullable [] search(ArchiveObject object, ProjectId project, EventId id) {
    if (!object.acquire()) {
      return null;
    }
    try {
      long hash = EventHash.of(project, id);
      return generation.filters().mayHold(object, hash) ? compare(object, project, id, hash) : null;
    } catch (BackendException.Corrupt e) {
      generation.damage().note(object.name(), String.valueOf(e.getMessage()));
      throw e;
    } catch (IOException e) {
      throw ArchiveWriter.unavailable("read " + object, e);
    } finally {
      object.release();
    }
  }

  private byte @Nullable [] compare(ArchiveObject object, ProjectId project, EventId id, long hash)
      throws IOException {
    try (ObjectReader reader = new ObjectReader(storage, object)) {
      for (int ordinal : reader.ordinals(hash)) {
        if (!generation.catalog().isRemoved(object, ordinal)) {
          byte[] json = reader.json(ordinal);
          EventPrefix prefix = EventPrefix.of(json);
          if (prefix.id().equals(id) && prefix.key().project().equals(project)) {
            return json;
          }
        }
      }
      return null;
    }
  }

  /**
   * Every event of a day; what can be read is delivered before what is damaged is complained of.
   */
  void scan(LocalDate day, Consumer<StoredEvent> consumer) {
    List<Catalog.Reading> readings = generation.catalog().read(day);
    BackendException.Corrupt damage = null;
    try {
      for (Catalog.Reading reading : readings) {
        BackendException.Corrupt found = scan(reading, day, consumer);
        damage = damage == null ? found : damage;
      }
    } finally {
      readings.forEach(reading -> reading.object().release());
    }
    if (damage != null) {
      throw damage;
    }
  }

  private BackendException.@Nullable Corrupt scan(
      Catalog.Reading reading, LocalDate day, Consumer<StoredEvent> consumer) {
    ArchiveObject object = reading.object();
    BackendException.Corrupt damage = null;
    try (ObjectReader reader = new ObjectReader(storage, object)) {
      List<Block> blocks = List.of();
      try {
        blocks = reader.blocks();
      } catch (BackendException.Corrupt e) {
        damage = e;
      }
      for (Block block : blocks) {
        if (object.head().sections().get(block.section()).key().day().equals(day)) {
          BackendException.Corrupt found = scan(reader, block, reading.removed(), consumer);
          damage = damage == null ? found : damage;
        }
      }
    } catch (IOException e) {
      throw ArchiveWriter.unavailable("read " + object, e);
    }
    if (damage != null) {
      generation.damage().note(object.name(), String.valueOf(damage.getMessage()));
    }
    return damage;
  }

  private static BackendException.@Nullable Corrupt scan(
      ObjectReader reader, Block block, Set<Integer> removed, Consumer<StoredEvent> consumer)
      throws IOException {
    List<StoredEvent> events = new ArrayList<>(block.events());
    try (Lines lines = reader.lines(block)) {
      for (int ordinal = block.firstOrdinal(); lines.next(); ordinal++) {
        if (!removed.contains(ordinal)) {
          events.add(new StoredEvent(lines.copy()));
        }
      }
    } catch (BackendException.Corrupt e) {
      return e;
    }
    events.forEach(consumer);
    return null;
  }
}
