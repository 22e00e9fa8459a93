package io.levee.local.archive;

import io.levee.spool.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One folder of objects and what is known about them. A rebuild makes the next one. The lists are
 * thread-safe; changing files is for the archive's writer.
 */
final class Generation {
  private final Storage storage;
  private final int number;
  private final Catalog catalog = new Catalog();
  private final Filters filters;
  private final Damage damage = new Damage();
  private final AtomicLong sequence = new AtomicLong();
  private final List<ArchiveObject> doomed = new ArrayList<>();

  /** Sequence of an object whose writing failed at the end; -1 when there is none. */
  private long doubtful = -1;

  Generation(Storage storage, int number, long filterBytesMax) {
    this.storage = storage;
    this.number = number;
    this.filters = new Filters(storage, filterBytesMax);
  }

  int number() {
    return number;
  }

  String folder() {
    return folder(number);
  }

  static String folder(int number) {
    return String.format(Locale.ROOT, "generation-%010d", number);
  }

  Catalog catalog() {
    return catalog;
  }

  Filters filters() {
    return filters;
  }

  Damage damage() {
    return damage;
  }

  /** A number that no object has, nor ever had since the start. */
  long nextSequence() {
    return sequence.incrementAndGet();
  }

  void sequenceIsTaken(long taken) {
    sequence.accumulateAndGet(taken, Math::max);
  }

  /** A new object is there. */
  void add(ObjectWriter.Finished finished) {
    replace(List.of(), finished);
  }

  /** A new object is there and takes the place of others. */
  void replace(Collection<ArchiveObject> gone, ObjectWriter.Finished finished) {
    filters.put(finished.object(), finished.filter());
    catalog.replace(gone, List.of(finished.object()));
    doom(gone);
  }

  /** Objects are not needed any more. */
  void drop(Collection<ArchiveObject> gone) {
    catalog.replace(gone, List.of());
    doom(gone);
  }

  private void doom(Collection<ArchiveObject> gone) {
    for (ArchiveObject object : gone) {
      object.doom();
      filters.drop(object);
      damage.forget(object.name());
      doomed.add(object);
    }
  }

  /** Deletes the files of dropped objects behind their last readers. */
  void sweep() throws IOException {
    List<ArchiveObject> unread = doomed.stream().filter(object -> !object.isRead()).toList();
    for (ArchiveObject object : unread) {
      storage.delete(object.name());
      doomed.remove(object);
    }
    if (!unread.isEmpty()) {
      storage.forceFolder(folder());
    }
  }

  /** From now until {@link #trust}, an object may be there under its name without counting. */
  void doubt(long unfinished) {
    doubtful = unfinished;
  }

  /** The object in doubt is durable. */
  void trust() {
    doubtful = -1;
  }

  /**
   * Removes what a failed write may have left: what it holds is still pending, or still lies in the
   * objects that it was to replace, and must not be there twice. Called before anything else is
   * written; a crash before that may keep it instead, and as it is whole, that is as good.
   */
  void settle() throws IOException {
    if (doubtful < 0) {
      return;
    }
    for (String file : storage.list(folder())) {
      if (ObjectName.sequence(file) == doubtful
          || file.equals(ObjectName.digits(doubtful) + ObjectWriter.TEMPORARY)) {
        storage.delete(folder() + "/" + file);
      }
    }
    storage.forceFolder(folder());
    doubtful = -1;
  }

  /** Deletes every object: the generation was given up, or another took its place. */
  void clear() throws IOException {
    for (String file : storage.list(folder())) {
      if (ObjectName.sequence(file) >= 0 || ObjectName.isTemporary(file)) {
        storage.delete(folder() + "/" + file);
      }
    }
  }
}
