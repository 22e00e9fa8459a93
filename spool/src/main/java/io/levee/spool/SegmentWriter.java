package io.levee.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches to the open segment and begins the next one when it is full or broken. Used by the
 * writer thread alone. After a failure it never touches the same file again.
 */
final class SegmentWriter {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final String PROBE = "probe";
  private static final int PROBE_BUFFERS = 4;

  private final Storage storage;
  private final Segments segments;
  private final SpoolOptions options;
  private final Spool.Sources sources;
  private final WriteCounters counters;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer chainBytes = ByteBuffer.allocate(4);
  private long generation;
  private @Nullable Open open;

  SegmentWriter(
      Storage storage,
      Segments segments,
      SpoolOptions options,
      Spool.Sources sources,
      WriteCounters counters,
      long generation) {
    this.storage = storage;
    this.segments = segments;
    this.options = options;
    this.sources = sources;
    this.counters = counters;
    this.generation = generation;
  }

  /** The file that takes records now. */
  private static final class Open {
    final Segment segment;
    final Storage.Sink sink;
    final RecordCodec codec;
    final CRC32C chain = new CRC32C();
    boolean listed;

    Open(Segment segment, Storage.Sink sink) {
      this.segment = segment;
      this.sink = sink;
      this.codec = new RecordCodec(segment.name());
    }
  }

  /**
   * Makes the batch durable and visible, or throws and leaves it invisible. Gives every append its
   * first offset.
   */
  void write(Batch batch) throws IOException {
    Open target = target(batch.bytes());
    buffer.clear();
    if (!target.listed) {
      buffer.put(SegmentFrame.header(target.segment.name(), target.segment.createdMillis()));
    }
    encode(target, batch);
    flush(target);
    force(target);
    if (!target.listed) {
      storage.forceFolder("");
    }
    target.segment.grow(batch.records(), batch.bytes());
    if (!target.listed) {
      segments.add(target.segment);
      target.listed = true;
    }
    segments.advance(target.segment.nextOffset());
  }

  private void encode(Open target, Batch batch) throws IOException {
    long first = target.segment.nextOffset();
    long timeMillis = sources.clock().millis();
    int place = 0;
    long bytes = 0;
    for (Append append : batch.appends()) {
      append.firstOffset(first + place);
      int records = append.records().size();
      for (int i = 0; i < records; i++) {
        ByteBuffer payload = append.records().get(i);
        if (buffer.remaining() < RecordCodec.HEADER_BYTES) {
          flush(target);
        }
        int crc =
            target.codec.encode(buffer, payload, first + place, timeMillis, i, records, place);
        target.chain.update(chainBytes.putInt(0, crc).array(), 0, 4);
        bytes += RecordCodec.HEADER_BYTES + copy(target, payload);
        place++;
      }
    }
    if (bytes != batch.bytes()) {
      throw new IllegalStateException(
          "batch bytes: "
              + bytes
              + " (expected: "
              + batch.bytes()
              + "; a buffer changed meanwhile)");
    }
  }

  private int copy(Open target, ByteBuffer payload) throws IOException {
    int from = payload.position();
    int length = payload.remaining();
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush(target);
      }
      int bytes = Math.min(left, buffer.remaining());
      buffer.put(buffer.position(), payload, from, bytes);
      buffer.position(buffer.position() + bytes);
      from += bytes;
      left -= bytes;
    }
    return length;
  }

  private void flush(Open target) throws IOException {
    writeFully(target.sink, buffer.flip());
    buffer.clear();
  }

  private void force(Open target) throws IOException {
    long started = System.nanoTime();
    target.sink.force();
    counters.forced(System.nanoTime() - started);
  }

  /** Writes all of it, however short the single writes are. */
  static void writeFully(Storage.Sink sink, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (sink.write(bytes) <= 0) {
        throw new IOException("write took 0 bytes (expected: up to " + bytes.remaining() + ")");
      }
    }
  }

  private Open target(long batchBytes) throws IOException {
    Open now = open;
    if (now != null
        && now.segment.end() + batchBytes + SegmentFrame.FOOTER_BYTES > options.segmentBytesMax()) {
      seal();
      now = null;
    }
    if (now == null) {
      now = begin();
      open = now;
    }
    return now;
  }

  /** Writes, forces and removes a file that holds nothing; fails when the disk can't do that. */
  void tryDisk() throws IOException {
    if (storage.list("").contains(PROBE)) {
      storage.delete(PROBE);
    }
    try (Storage.Sink sink = storage.create(PROBE)) {
      for (int i = 0; i < PROBE_BUFFERS; i++) {
        writeFully(sink, ByteBuffer.allocate(BUFFER_BYTES));
      }
      sink.force();
    }
    storage.delete(PROBE);
    storage.forceFolder("");
  }

  private Open begin() throws IOException {
    SegmentName name = new SegmentName(segments.durable(), generation++, salt());
    Storage.Sink sink = storage.create(name.file());
    return new Open(Segment.begun(name, sources.clock().millis()), sink);
  }

  /** Random, and with a mark that is not zero: zeros are what a file is full of after a crash. */
  private long salt() {
    long salt = sources.random().nextLong();
    return salt >>> 32 == 0 ? salt | 1L << 32 : salt;
  }

  /** Ends the open segment before it is full: it may go as soon as all have read it. */
  void roll() {
    try {
      seal();
    } catch (IOException unsealed) {
      // Its records are durable, and the file takes no more: the next start scans it, which is all.
      counters.failures.incrementAndGet();
    }
    segments.endedAt(segments.durable());
  }

  /** Ends the open segment with a footer. Its records are safe with or without. */
  void seal() throws IOException {
    Open done = open;
    open = null;
    if (done == null) {
      return;
    }
    try (Storage.Sink sink = done.sink) {
      if (done.listed) {
        writeFully(sink, SegmentFrame.footer(done.segment, (int) done.chain.getValue()));
        force(done);
        done.segment.seal();
      }
    }
  }

  /**
   * Leaves the open file as it is, for good; a failure to close it is added to the one that led
   * here.
   */
  void abandon(Throwable failure) {
    Open broken = open;
    open = null;
    if (broken == null) {
      return;
    }
    if (!broken.listed) {
      // It counts as empty, but must be deleted in its turn: were it left over when the file that
      // supersedes it is gone, the failed records in it would come back.
      segments.add(broken.segment);
    }
    try {
      broken.sink.close();
    } catch (IOException alsoBroken) {
      failure.addSuppressed(alsoBroken);
    }
  }
}
