package io.levee.local.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last 48 bytes of an object: lengths and checksums of the footer's four parts.
 *
 * @param blocks the block table
 * @param ids the id table
 * @param filter the id filter
 * @param head the head
 */
record Trailer(Part blocks, Part ids, Part filter, Part head) {
  static final int BYTES = 48;
  static final byte[] MAGIC = "LVARCHIV".getBytes(StandardCharsets.US_ASCII);

  /** RFC 8878, section 3.1.2: a decoder skips the frame that begins with this number. */
  private static final int SKIPPABLE_MAGIC = 0x184D2A50;

  private static final int SKIPPABLE_HEADER_BYTES = 8;
  private static final int VERSION = 1;

  /** One part of the footer. */
  record Part(int bytes, int crc32c) {
    static Part of(byte[] content) {
      return new Part(content.length, StoredBytes.crc32c(content));
    }
  }

  /** Length of all parts and this trailer. */
  long payloadBytes() {
    return (long) blocks.bytes + ids.bytes + filter.bytes + head.bytes + BYTES;
  }

  /** Length of the skippable frame: the whole footer. */
  long footerBytes() {
    return SKIPPABLE_HEADER_BYTES + payloadBytes();
  }

  /** Where the head begins, counted back from the end of the object. */
  long headFromEnd() {
    return (long) BYTES + head.bytes;
  }

  /** Where the filter begins, counted back from the end of the object. */
  long filterFromEnd() {
    return headFromEnd() + filter.bytes;
  }

  /** Where the id table begins, counted back from the end of the object. */
  long idsFromEnd() {
    return filterFromEnd() + ids.bytes;
  }

  /** Where the block table begins, counted back from the end of the object. */
  long blocksFromEnd() {
    return idsFromEnd() + blocks.bytes;
  }

  /** What makes zstd skip the footer. */
  byte[] skippableHeader() {
    return ByteBuffer.allocate(SKIPPABLE_HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(SKIPPABLE_MAGIC)
        .putInt(Math.toIntExact(payloadBytes()))
        .array();
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    for (Part part : new Part[] {blocks, ids, filter, head}) {
      out.putInt(part.bytes).putInt(part.crc32c);
    }
    out.putInt(VERSION);
    out.putInt(StoredBytes.crc32c(out.array(), 0, out.position()));
    out.put(MAGIC);
    return out.array();
  }

  /**
   * Reads the last bytes of an object of the given size.
   *
   * @throws IllegalArgumentException when they are no trailer, damaged, or of an unknown version
   */
  static Trailer decode(byte[] bytes, long objectBytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Trailer trailer = new Trailer(part(in), part(in), part(in), part(in));
    int version = in.getInt();
    int crc32c = in.getInt();
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException("trailer: no magic at the end");
    }
    if (crc32c != StoredBytes.crc32c(bytes, 0, BYTES - MAGIC.length - Integer.BYTES)) {
      throw new IllegalArgumentException("trailer: wrong checksum");
    }
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "trailer: version " + version + " (expected: " + VERSION + ")");
    }
    if (trailer.footerBytes() > objectBytes) {
      throw new IllegalArgumentException(
          "trailer: a footer of " + trailer.footerBytes() + " bytes in " + objectBytes);
    }
    return trailer;
  }

  private static Part part(ByteBuffer in) {
    return new Part(in.getInt(), in.getInt());
  }
}
