package io.levee.spool;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is known of a segment file: which bytes of it hold durable records. Grows while it is the
 * open one, by the writer alone; safe to read from any thread.
 */
final class Segment {

  /** A state of a segment, replaced as a whole so that end and offset always fit together. */
  private record Extent(long nextOffset, long end, int records) {}

  private final SegmentName name;
  private final long createdMillis;
  private final List<Range> holes;
  private final Set<Long> damage = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean keepWhole = new AtomicBoolean();
  private final OffsetIndex index = new OffsetIndex();
  private volatile Extent extent;
  private volatile long fileBytes;

  /** A segment whose durable records lie in front of {@code end}, except in the holes. */
  Segment(
      SegmentName name,
      long createdMillis,
      List<Range> holes,
      long nextOffset,
      long end,
      int records,
      long fileBytes) {
    this.name = name;
    this.createdMillis = createdMillis;
    this.holes = List.copyOf(holes);
    this.extent = new Extent(nextOffset, end, records);
    this.fileBytes = fileBytes;
  }

  static Segment begun(SegmentName name, long createdMillis) {
    return new Segment(
        name, createdMillis, List.of(), name.firstOffset(), SegmentFrame.HEADER_BYTES, 0, 0);
  }

  /** Counts a forced batch in. */
  void grow(int records, long bytes) {
    Extent now = extent;
    index.note(now.nextOffset, now.end);
    extent = new Extent(now.nextOffset + records, now.end + bytes, now.records + records);
    fileBytes = Math.max(fileBytes, extent.end);
  }

  /** Counts the footer in. */
  void seal() {
    fileBytes = extent.end + SegmentFrame.FOOTER_BYTES;
  }

  SegmentName name() {
    return name;
  }

  String file() {
    return name.file();
  }

  long firstOffset() {
    return name.firstOffset();
  }

  long nextOffset() {
    return extent.nextOffset;
  }

  /** Position after the last durable record. */
  long end() {
    return extent.end;
  }

  /** A position at or before that of an offset's record, as near as is known; 0 if nothing is. */
  long positionBefore(long offset) {
    return index.before(offset);
  }

  int records() {
    return extent.records;
  }

  long fileBytes() {
    return fileBytes;
  }

  long createdMillis() {
    return createdMillis;
  }

  /** The stretches that hold records, in order, as of now. */
  List<Range> extents() {
    return Range.without(new Range(SegmentFrame.HEADER_BYTES, end()), holes);
  }

  /** Notes damage at a position; false if it is known. */
  boolean noteDamage(long position) {
    return damage.add(position);
  }

  /**
   * Says that damage in it could not be copied, so that the file is to be moved instead of deleted.
   */
  void keepWhole() {
    keepWhole.set(true);
  }

  boolean mustBeKeptWhole() {
    return keepWhole.get();
  }

  /** Bytes from an offset to the end, taken to be spread evenly. */
  long bytesFrom(long offset) {
    Extent now = extent;
    long offsets = now.nextOffset - name.firstOffset();
    if (offset >= now.nextOffset || offsets == 0) {
      return 0;
    }
    long bytes = now.end - SegmentFrame.HEADER_BYTES;
    if (offset <= name.firstOffset()) {
      return bytes;
    }
    return (long) ((double) bytes * (now.nextOffset - offset) / offsets);
  }
}
