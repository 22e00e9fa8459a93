package io.levee.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Finds out which records of a segment without a footer count. Used once, by recovery. */
final class SegmentScan {

  /** A group of which the scan saw only a part. */
  private record Torn(long firstOffset, long nextOffset, List<Range> records) {}

  private final long limit;
  private final List<Range> gaps = new ArrayList<>();
  private final List<Torn> torn = new ArrayList<>();
  private final List<Range> groupRecords = new ArrayList<>();
  private final CRC32C chain = new CRC32C();
  private final ByteBuffer chainBytes = ByteBuffer.allocate(4);
  private final List<Range> holes = new ArrayList<>();
  private List<Range> damage = List.of();
  private long groupFirst = -1;
  private int groupSize;
  private long expected;
  private long proof;
  private long nextOffset;
  private long end = SegmentFrame.HEADER_BYTES;
  private int records;
  private boolean superseded;

  private SegmentScan(long firstOffset, long limit) {
    this.limit = limit;
    this.expected = firstOffset;
    this.proof = firstOffset;
    this.nextOffset = firstOffset;
  }

  /** Scans a file. Records from {@code limit} on were reported as failed and don't count. */
  static SegmentScan of(Storage.Source source, SegmentName name, long limit) throws IOException {
    SegmentScan scan = new SegmentScan(name.firstOffset(), limit);
    RecordCursor cursor = new RecordCursor(source, name);
    cursor.range(SegmentFrame.HEADER_BYTES, source.size());
    while (!scan.superseded && cursor.next()) {
      scan.take(cursor);
    }
    scan.damage = cursor.takeDamage();
    scan.endGroup();
    scan.decide();
    return scan;
  }

  private void take(RecordCursor cursor) {
    RecordCodec record = cursor.header();
    if (record.offset() >= limit) {
      superseded = true;
      return;
    }
    if (record.offset() > expected) {
      gaps.add(new Range(expected, record.offset()));
    }
    proof = Math.max(proof, record.offset() - record.batchPlace());
    long first = record.offset() - record.groupPlace();
    if (first != groupFirst) {
      endGroup();
      groupFirst = first;
      groupSize = record.groupRecords();
    }
    groupRecords.add(new Range(cursor.recordFrom(), cursor.position()));
    chain.update(chainBytes.putInt(0, record.crc()).array(), 0, 4);
    expected = record.offset() + 1;
    end = cursor.position();
    records++;
  }

  private void endGroup() {
    if (groupRecords.isEmpty()) {
      return;
    }
    if (groupRecords.size() == groupSize) {
      nextOffset = expected;
    } else {
      torn.add(new Torn(groupFirst, expected, List.copyOf(groupRecords)));
    }
    groupRecords.clear();
  }

  /** Hides the torn groups that nothing proves to have been acknowledged. */
  private void decide() {
    holes.addAll(damage);
    for (Torn group : torn) {
      if (group.firstOffset() < proof) {
        nextOffset = Math.max(nextOffset, group.nextOffset());
      } else {
        holes.addAll(group.records());
        records -= group.records().size();
      }
    }
  }

  /** Whether every byte up to the end of the file is accounted for by whole groups. */
  boolean isClean() {
    return holes.isEmpty() && !superseded;
  }

  /** Stretches that hold no valid record. */
  List<Range> damage() {
    return damage;
  }

  /** Stretches to be passed over: damage, and records that must not be seen. */
  List<Range> holes() {
    return holes;
  }

  /**
   * Acknowledged records that should be in the file and are not; those at its very end show in the
   * next file only.
   */
  long lost() {
    long lost = 0;
    for (Range gap : gaps) {
      lost += Math.max(0, Math.min(gap.to(), proof) - gap.from());
    }
    return lost;
  }

  long nextOffset() {
    return nextOffset;
  }

  long end() {
    return end;
  }

  int records() {
    return records;
  }

  int chain() {
    return (int) chain.getValue();
  }
}
