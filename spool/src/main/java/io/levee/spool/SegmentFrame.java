package io.levee.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes around the records of a segment: header and footer, drawn in the package's description.
 */
final class SegmentFrame {

  static final int HEADER_BYTES = 48;
  static final int FOOTER_BYTES = 52;
  static final int VERSION = 1;
  private static final long MAGIC =
      ByteBuffer.wrap("LVSPOOL1".getBytes(StandardCharsets.US_ASCII)).getLong();
  private static final int FOOTER_MAGIC =
      ByteBuffer.wrap("LVF1".getBytes(StandardCharsets.US_ASCII)).getInt();

  private SegmentFrame() {}

  /** What a valid header says. */
  record Header(int version, SegmentName name, long createdMillis) {}

  /** What a valid footer says. */
  record Footer(
      int version,
      int records,
      long firstOffset,
      long nextOffset,
      long position,
      int chain,
      long salt) {}

  static ByteBuffer header(SegmentName name, long createdMillis) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    bytes.putLong(MAGIC).putInt(VERSION).putLong(name.salt()).putLong(name.firstOffset());
    bytes.putLong(name.generation()).putLong(createdMillis);
    return bytes.putInt(crc(bytes, HEADER_BYTES - 4)).flip();
  }

  static Optional<Header> header(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER_BYTES
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(HEADER_BYTES - 4) != crc(bytes, HEADER_BYTES - 4)) {
      return Optional.empty();
    }
    SegmentName name = new SegmentName(bytes.getLong(20), bytes.getLong(28), bytes.getLong(12));
    return Optional.of(new Header(bytes.getInt(8), name, bytes.getLong(36)));
  }

  static ByteBuffer footer(Segment segment, int chain) {
    ByteBuffer bytes = ByteBuffer.allocate(FOOTER_BYTES);
    bytes.putInt(FOOTER_MAGIC).putInt(segment.records());
    bytes.putLong(segment.name().firstOffset()).putLong(segment.nextOffset());
    bytes.putLong(segment.end()).putInt(chain).putInt(VERSION).putLong(segment.name().salt());
    return bytes.putInt(crc(bytes, FOOTER_BYTES - 4)).flip();
  }

  static Optional<Footer> footer(ByteBuffer bytes) {
    if (bytes.remaining() < FOOTER_BYTES
        || bytes.getInt(0) != FOOTER_MAGIC
        || bytes.getInt(FOOTER_BYTES - 4) != crc(bytes, FOOTER_BYTES - 4)) {
      return Optional.empty();
    }
    return Optional.of(
        new Footer(
            bytes.getInt(36),
            bytes.getInt(4),
            bytes.getLong(8),
            bytes.getLong(16),
            bytes.getLong(24),
            bytes.getInt(32),
            bytes.getLong(40)));
  }

  private static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }
}
