package io.levee.local.archive;

import io.levee.engine.bus.Positions;
import io.levee.spool.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings a generation into memory and removes what a crash left half done; the same at every start.
 */
final class Recovery {
  private final Storage storage;
  private final Generation generation;

  Recovery(Storage storage, Generation generation) {
    this.storage = storage;
    this.generation = generation;
  }

  /** Returns where the newest sound object says that the archive stands. */
  Positions recover() throws IOException {
    storage.createFolder(generation.folder());
    List<ArchiveObject> objects = new ArrayList<>();
    Set<Long> superseded = new HashSet<>();
    for (String file : storage.list(generation.folder()).stream().sorted().toList()) {
      String name = generation.folder() + "/" + file;
      long sequence = ObjectName.sequence(file);
      if (ObjectName.isTemporary(file)) {
        storage.delete(name);
      } else if (sequence >= 0) {
        ArchiveObject object = open(name, sequence);
        generation.sequenceIsTaken(sequence);
        objects.add(object);
        superseded.addAll(object.head().supersedes());
      }
    }
    // What is counted on from here must outlast a power cut: the bus lets go of it.
    storage.forceFolder(generation.folder());
    return keep(objects, superseded);
  }

  private Positions keep(List<ArchiveObject> objects, Set<Long> superseded) throws IOException {
    Positions committed = Positions.START;
    long newest = Long.MIN_VALUE;
    List<ArchiveObject> kept = new ArrayList<>();
    for (ArchiveObject object : objects) {
      if (superseded.contains(object.head().sequence())) {
        storage.delete(object.name());
        continue;
      }
      kept.add(object);
      if (!object.isDamaged() && object.head().order() > newest) {
        newest = object.head().order();
        committed = object.head().after();
      }
    }
    storage.forceFolder(generation.folder());
    generation.catalog().replace(List.of(), kept);
    return committed;
  }

  private ArchiveObject open(String name, long sequence) throws IOException {
    try {
      return ObjectReader.open(storage, name);
    } catch (IllegalArgumentException e) {
      generation.damage().note(name, "footer unreadable: " + e.getMessage());
      return Salvage.read(storage, name, sequence);
    }
  }
}
