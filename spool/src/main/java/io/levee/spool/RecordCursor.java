package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks over the valid records in a stretch of a segment file; steps over damage to the next valid
 * record and remembers what it stepped over. For one thread.
 */
final class RecordCursor implements Closeable {

  private static final int CHUNK_BYTES = 256 << 10;

  /** Bytes allocated on the word of a header alone. */
  private static final int TRUSTED_BYTES_MAX = 4 << 20;

  private final Storage.Source source;
  private final RecordCodec codec;
  private final List<Range> damage = new ArrayList<>();

  /**
   * Bytes of the file from {@code bufferFrom} on; never reused, since payloads share its memory.
   */
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  private long bufferFrom;
  private long position;
  private long end;
  private long recordFrom;
  private long offsetMin;

  RecordCursor(Storage.Source source, SegmentName name) {
    this.source = source;
    this.codec = new RecordCodec(name);
    this.offsetMin = name.firstOffset();
  }

  /** Sets where to go on and where to stop. */
  void range(long from, long to) {
    position = from;
    end = to;
  }

  /** Moves to the next valid record; false at the end of the range. */
  boolean next() throws IOException {
    long from = position;
    while (end - position >= RecordCodec.HEADER_BYTES) {
      if (isRecord()) {
        noteDamage(from, position);
        recordFrom = position;
        position += RecordCodec.HEADER_BYTES + codec.payloadBytes();
        offsetMin = codec.offset() + 1;
        return true;
      }
      position = nextMark(position + 1);
    }
    noteDamage(from, end);
    position = end;
    return false;
  }

  private void noteDamage(long from, long to) {
    if (to > from) {
      damage.add(new Range(from, to));
    }
  }

  private boolean isRecord() throws IOException {
    if (!fill(RecordCodec.HEADER_BYTES) || !codec.parse(buffer, index())) {
      return false;
    }
    long size = RecordCodec.HEADER_BYTES + (long) codec.payloadBytes();
    return size <= end - position
        && codec.offset() >= offsetMin
        && (size <= TRUSTED_BYTES_MAX || holdsInPieces())
        && fill((int) size)
        && codec.verify(buffer, index());
  }

  /**
   * Checks the parsed record without holding it: a damaged length must not make us allocate for it.
   */
  private boolean holdsInPieces() throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(CHUNK_BYTES);
    codec.begin();
    long at = position + RecordCodec.HEADER_BYTES;
    long to = at + codec.payloadBytes();
    while (at < to) {
      piece.clear().limit((int) Math.min(CHUNK_BYTES, to - at));
      int read = source.read(piece, at);
      if (read <= 0) {
        return false;
      }
      codec.update(piece, 0, read);
      at += read;
    }
    return codec.holds();
  }

  /** The next place where a record could begin; the end if there is none. */
  private long nextMark(long from) throws IOException {
    position = from;
    while (end - position >= RecordCodec.HEADER_BYTES && fill(RecordCodec.HEADER_BYTES)) {
      int last = buffer.limit() - RecordCodec.HEADER_BYTES;
      for (int i = index(); i <= last; i++) {
        if (buffer.getInt(i) == codec.mark()) {
          return bufferFrom + i;
        }
      }
      position = bufferFrom + last + 1;
    }
    return end;
  }

  private int index() {
    return (int) (position - bufferFrom);
  }

  /** Has {@code bytes} at the position in the buffer; false if the file ends before. */
  private boolean fill(int bytes) throws IOException {
    if (position >= bufferFrom && position + bytes <= bufferFrom + buffer.limit()) {
      return true;
    }
    int size = (int) Math.max(bytes, Math.min(CHUNK_BYTES, end - position));
    ByteBuffer fresh = ByteBuffer.allocate(size);
    while (fresh.hasRemaining() && source.read(fresh, position + fresh.position()) > 0) {
      // reads on until the chunk is full or the file ends
    }
    buffer = fresh.flip();
    bufferFrom = position;
    return fresh.limit() >= bytes;
  }

  /** Where the current record begins in the file. */
  long recordFrom() {
    return recordFrom;
  }

  /** Where the next record is looked for. */
  long position() {
    return position;
  }

  /** The header of the current record. */
  RecordCodec header() {
    return codec;
  }

  SpoolRecord record() {
    int from = (int) (recordFrom - bufferFrom) + RecordCodec.HEADER_BYTES;
    ByteBuffer payload = buffer.slice(from, codec.payloadBytes()).asReadOnlyBuffer();
    return new SpoolRecord(codec.offset(), codec.timeMillis(), payload);
  }

  /** What was stepped over since the last call. */
  List<Range> takeDamage() {
    if (damage.isEmpty()) {
      return List.of();
    }
    List<Range> taken = List.copyOf(damage);
    damage.clear();
    return taken;
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a file that was only read", e);
    }
  }
}
