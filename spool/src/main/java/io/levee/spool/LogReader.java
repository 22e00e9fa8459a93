package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks over the durable records of all segments. Guarded by its reader's lock. */
final class LogReader implements Closeable {

  private final Storage storage;
  private final Segments segments;
  private final Quarantine quarantine;
  private long position;
  private @Nullable Visit visit;
  private @Nullable SpoolRecord pushedBack;

  LogReader(Storage storage, Segments segments, Quarantine quarantine) {
    this.storage = storage;
    this.segments = segments;
    this.quarantine = quarantine;
  }

  /** A segment being read. */
  private static final class Visit {
    final Segment segment;
    final RecordCursor cursor;
    long rangeTo = SegmentFrame.HEADER_BYTES;

    /** The offset to come if nothing is missing. */
    long expected;

    /** Damage was found whose loss shows with the next record. */
    boolean owed;

    Visit(Segment segment, RecordCursor cursor) {
      this.segment = segment;
      this.cursor = cursor;
      this.expected = segment.firstOffset();
      cursor.range(rangeTo, rangeTo);
    }
  }

  /** Goes on at an offset. */
  void seek(long offset) {
    close();
    position = offset;
  }

  /** Goes on at an offset ahead, without looking at what lies between. */
  void skip(long offset) {
    SpoolRecord kept = pushedBack;
    if (kept != null && kept.offset() < offset) {
      pushedBack = null;
    }
    position = Math.max(position, offset);
  }

  long position() {
    return position;
  }

  /**
   * Adds records until a limit or the durable end is reached; after a failure it stands where it
   * was.
   */
  void read(int recordsMax, long bytesMax, List<SpoolRecord> into) throws IOException {
    long before = position;
    try {
      long bytes = 0;
      while (into.size() < recordsMax) {
        SpoolRecord record = next();
        if (record == null) {
          return;
        }
        bytes += record.payload().remaining();
        if (bytes > bytesMax && !into.isEmpty()) {
          pushedBack = record;
          return;
        }
        into.add(record);
        position = record.offset() + 1;
      }
    } catch (IOException e) {
      seek(before);
      throw e;
    }
  }

  /** The next record, which stays the next. */
  Optional<SpoolRecord> peek() throws IOException {
    pushedBack = next();
    return Optional.ofNullable(pushedBack);
  }

  private @Nullable SpoolRecord next() throws IOException {
    SpoolRecord kept = pushedBack;
    if (kept != null) {
      pushedBack = null;
      return kept;
    }
    while (true) {
      // First, so that every record below it is in what is looked at.
      long durable = segments.durable();
      List<Segment> list = segments.list();
      Visit now = visit == null ? enter(list) : visit;
      if (now == null) {
        position = Math.max(position, durable);
        return null;
      }
      SpoolRecord record = find(now);
      if (record != null) {
        return record;
      }
      if (list.isEmpty() || list.get(list.size() - 1) == now.segment) {
        settle(now, Math.min(durable, now.segment.nextOffset()));
        position = Math.max(position, durable);
        return null;
      }
      leave(now);
    }
  }

  private @Nullable Visit enter(List<Segment> list) throws IOException {
    for (Segment segment : list) {
      if (segment.nextOffset() > position) {
        visit = new Visit(segment, new RecordCursor(storage.read(segment.file()), segment.name()));
        return visit;
      }
    }
    return null;
  }

  private void leave(Visit done) {
    settle(done, done.segment.nextOffset());
    long reached = Math.max(position, done.segment.nextOffset());
    close();
    position = reached;
  }

  /** Counts what damage took of the records below an offset. */
  private void settle(Visit now, long nextOffset) {
    if (now.owed && nextOffset > now.expected) {
      quarantine.countLost(nextOffset - now.expected);
      now.expected = nextOffset;
    }
    now.owed = false;
  }

  private @Nullable SpoolRecord find(Visit now) throws IOException {
    jump(now);
    while (advance(now)) {
      RecordCodec header = now.cursor.header();
      settle(now, header.offset());
      now.expected = header.offset() + 1;
      if (header.offset() >= position) {
        return now.cursor.record();
      }
    }
    return null;
  }

  /** Leaves out what is known to lie before the position. */
  private void jump(Visit now) {
    long from = now.segment.positionBefore(position);
    if (from > now.cursor.position()) {
      now.rangeTo = Math.max(now.rangeTo, from);
      now.cursor.range(from, now.rangeTo);
    }
  }

  private boolean advance(Visit now) throws IOException {
    if (now.cursor.position() < now.rangeTo && step(now)) {
      return true;
    }
    for (Range extent : now.segment.extents()) {
      if (extent.to() > now.rangeTo) {
        long from = Math.max(extent.from(), now.rangeTo);
        now.cursor.range(from, extent.to());
        now.rangeTo = extent.to();
        if (step(now)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean step(Visit now) throws IOException {
    boolean found = now.cursor.next();
    for (Range damage : now.cursor.takeDamage()) {
      now.owed |= quarantine.take(now.segment, damage);
    }
    return found;
  }

  /** Closes the file it reads; it is opened again when needed. */
  @Override
  public void close() {
    Visit left = visit;
    visit = null;
    pushedBack = null;
    if (left != null) {
      left.cursor.close();
    }
  }
}
