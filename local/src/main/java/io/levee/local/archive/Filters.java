package io.levee.local.archive;

import io.levee.spool.Storage;
import java.io.IOException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the newest objects in memory, up to a limit in bytes; those of older objects are
 * asked on disk. Thread-safe; the caller keeps the object's file there.
 */
final class Filters {
  private final Storage storage;
  private final long bytesMax;
  private final TreeMap<Long, IdFilter> resident = new TreeMap<>();
  private long bytes;

  Filters(Storage storage, long bytesMax) {
    this.storage = storage;
    this.bytesMax = bytesMax;
  }

  /** Whether an object may hold the event with a hash. */
  boolean mayHold(ArchiveObject object, long hash) throws IOException {
    IdFilter filter = resident(object);
    if (filter != null) {
      return filter.mayHold(hash);
    }
    try (ObjectReader reader = new ObjectReader(storage, object)) {
      if (!belongs(object)) {
        return reader.mayHold(hash);
      }
      IdFilter loaded = reader.filter();
      put(object, loaded);
      return loaded.mayHold(hash);
    }
  }

  /** Keeps a filter, at the cost of the oldest ones. */
  synchronized void put(ArchiveObject object, IdFilter filter) {
    IdFilter before = resident.put(object.head().sequence(), filter);
    bytes += filter.bytes() - (before == null ? 0 : before.bytes());
    while (bytes > bytesMax && !resident.isEmpty()) {
      bytes -= resident.pollFirstEntry().getValue().bytes();
    }
  }

  synchronized void drop(ArchiveObject object) {
    IdFilter dropped = resident.remove(object.head().sequence());
    if (dropped != null) {
      bytes -= dropped.bytes();
    }
  }

  private synchronized @Nullable IdFilter resident(ArchiveObject object) {
    return resident.get(object.head().sequence());
  }

  /** Whether the filter fits, or pushes out only older ones. */
  private synchronized boolean belongs(ArchiveObject object) {
    Trailer trailer = object.trailer();
    int size = trailer == null ? 0 : trailer.filter().bytes();
    return bytes + size <= bytesMax
        || (!resident.isEmpty() && resident.firstKey() < object.head().sequence());
  }
}
