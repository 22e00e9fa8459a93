package io.levee.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Writes and checks the header of a record of one segment. Holds what it parsed last; for one
 * thread.
 */
final class RecordCodec {

  static final int HEADER_BYTES = 40;
  private static final int CRC_FROM = 8;
  private static final int SALT_BYTES = 8;

  private final int mark;
  private final CRC32C crc = new CRC32C();

  /** The salt, then the checked part of the header: in one piece, for one call of the checksum. */
  private final byte[] scratch = new byte[SALT_BYTES + HEADER_BYTES - CRC_FROM];

  private final ByteBuffer fields = ByteBuffer.wrap(scratch);

  private int storedCrc;

  RecordCodec(SegmentName name) {
    this.mark = name.mark();
    fields.putLong(0, name.salt());
  }

  int mark() {
    return mark;
  }

  /**
   * Puts the header of {@code payload} (its remaining bytes, left as they are) and returns its
   * checksum.
   */
  int encode(
      ByteBuffer into,
      ByteBuffer payload,
      long offset,
      long timeMillis,
      int groupPlace,
      int groupRecords,
      int batchPlace) {
    fields.putInt(8, payload.remaining()).putLong(12, offset).putLong(20, timeMillis);
    fields.putInt(28, groupPlace).putInt(32, groupRecords).putInt(36, batchPlace);
    int checksum = checksum(payload, payload.position(), payload.remaining());
    into.putInt(mark).putInt(checksum).put(scratch, SALT_BYTES, HEADER_BYTES - CRC_FROM);
    return checksum;
  }

  /** Reads the header at an index; false if it can't be one. Its payload is not looked at. */
  boolean parse(ByteBuffer bytes, int index) {
    if (bytes.getInt(index) != mark) {
      return false;
    }
    storedCrc = bytes.getInt(index + 4);
    bytes.get(index + CRC_FROM, scratch, SALT_BYTES, HEADER_BYTES - CRC_FROM);
    return payloadBytes() >= 0
        && offset() >= 0
        && groupPlace() >= 0
        && groupPlace() < groupRecords()
        && groupPlace() <= batchPlace()
        && batchPlace() <= offset();
  }

  /** Whether the checksum of what was parsed holds, with the payload behind it. */
  boolean verify(ByteBuffer bytes, int index) {
    return checksum(bytes, index + HEADER_BYTES, payloadBytes()) == storedCrc;
  }

  private int checksum(ByteBuffer bytes, int from, int length) {
    begin();
    update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Begins to check a payload that comes in pieces. */
  void begin() {
    crc.reset();
    crc.update(scratch, 0, scratch.length);
  }

  /** Takes the next piece of the payload. */
  void update(ByteBuffer bytes, int from, int length) {
    if (bytes.hasArray()) {
      crc.update(bytes.array(), bytes.arrayOffset() + from, length);
    } else {
      crc.update(bytes.duplicate().limit(from + length).position(from));
    }
  }

  /** Whether the checksum holds after all pieces. */
  boolean holds() {
    return (int) crc.getValue() == storedCrc;
  }

  int crc() {
    return storedCrc;
  }

  int payloadBytes() {
    return fields.getInt(8);
  }

  long offset() {
    return fields.getLong(12);
  }

  long timeMillis() {
    return fields.getLong(20);
  }

  int groupPlace() {
    return fields.getInt(28);
  }

  int groupRecords() {
    return fields.getInt(32);
  }

  int batchPlace() {
    return fields.getInt(36);
  }
}
