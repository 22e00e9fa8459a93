package io.levee.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a copy of every stretch that can't be read, so that nothing unreadable is ever deleted. For
 * any thread.
 */
final class Quarantine {

  static final String FOLDER = "quarantine";
  private static final int CHUNK_BYTES = 64 << 10;

  private final Storage storage;
  private final LongAdder found = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder failures;

  Quarantine(Storage storage, LongAdder failures) {
    this.storage = storage;
    this.failures = failures;
  }

  /**
   * Counts and copies a damaged stretch of a segment, once; zeros are space that was never written,
   * and not copied. Returns whether this was the first time.
   */
  boolean take(Segment segment, Range stretch) {
    if (!segment.noteDamage(stretch.from())) {
      return false;
    }
    try {
      copy(segment.file(), stretch);
    } catch (IOException copyFailed) {
      failures.increment();
      segment
          .keepWhole(); // nothing is gone: the file itself is moved here instead of being deleted
    }
    return true;
  }

  private void copy(String file, Range stretch) throws IOException {
    String target = FOLDER + "/" + file.replace(".seg", "") + "-" + stretch.from() + ".bad";
    try (Storage.Source source = storage.read(file)) {
      if (!holdsData(source, stretch)) {
        return;
      }
      found.increment();
      if (storage.list(FOLDER).contains(target.substring(FOLDER.length() + 1))) {
        return; // found again after a restart
      }
      storage.createFolder(FOLDER);
      write(source, stretch, target + ".tmp");
      storage.rename(target + ".tmp", target);
      storage.forceFolder(FOLDER);
    }
  }

  private static boolean holdsData(Storage.Source source, Range stretch) throws IOException {
    for (long at = stretch.from(); at < stretch.to(); at += CHUNK_BYTES) {
      ByteBuffer chunk = chunk(source, at, stretch.to());
      while (chunk.hasRemaining()) {
        if (chunk.get() != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private void write(Storage.Source source, Range stretch, String target) throws IOException {
    if (storage.list(FOLDER).contains(target.substring(FOLDER.length() + 1))) {
      storage.delete(target); // begun before a crash
    }
    try (Storage.Sink sink = storage.create(target)) {
      for (long at = stretch.from(); at < stretch.to(); at += CHUNK_BYTES) {
        SegmentWriter.writeFully(sink, chunk(source, at, stretch.to()));
      }
      sink.force();
    }
  }

  private static ByteBuffer chunk(Storage.Source source, long from, long to) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, to - from));
    while (chunk.hasRemaining() && source.read(chunk, from + chunk.position()) > 0) {
      // reads on until the chunk is full or the file ends
    }
    return chunk.flip();
  }

  /** Moves a whole segment here. */
  void move(Segment segment) throws IOException {
    storage.createFolder(FOLDER);
    storage.rename(segment.file(), FOLDER + "/" + segment.file());
    storage.forceFolder(FOLDER);
  }

  void countLost(long records) {
    lost.add(records);
  }

  long found() {
    return found.sum();
  }

  long lost() {
    return lost.sum();
  }
}
