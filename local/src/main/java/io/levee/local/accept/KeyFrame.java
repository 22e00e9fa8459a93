package io.levee.local.accept;

import io.levee.engine.bus.Positions;
import io.levee.spool.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one flush and the positions behind them; the package draws it.
 *
 * @param timeMillis when it was written, since the epoch
 * @param before where the group stood before these keys
 * @param after where it stands with them
 * @param keys see {@link IdKey}
 * @param bytes its length in the file
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, then merged into the table.
record KeyFrame(long timeMillis, Positions before, Positions after, long[] keys, int bytes) {
  static final int KEYS_MAX = 1 << 16;

  private static final int MAGIC =
      ByteBuffer.wrap("LVID".getBytes(StandardCharsets.US_ASCII)).getInt();
  private static final int HEADER_BYTES = 3 * Integer.BYTES + Long.BYTES;
  private static final int POSITIONS_BYTES_MAX = 1 << 20;

  static ByteBuffer encode(
      long timeMillis, Positions before, Positions after, long[] keys, int count) {
    byte[] text = (before.encode() + ' ' + after.encode()).getBytes(StandardCharsets.US_ASCII);
    int length = HEADER_BYTES + text.length + count * Long.BYTES;
    ByteBuffer out = ByteBuffer.allocate(length + Integer.BYTES);
    out.putInt(MAGIC).putInt(text.length).putInt(count).putLong(timeMillis).put(text);
    for (int i = 0; i < count; i++) {
      out.putLong(keys[i]);
    }
    return out.putInt(crc32c(out.array(), length)).flip();
  }

  /** Reads the frame at a position; null when there is none or it is damaged. */
  static @Nullable KeyFrame read(Storage.Source source, long at) throws IOException {
    byte[] header = read(source, at, HEADER_BYTES);
    if (header == null) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(header);
    int magic = head.getInt();
    int textBytes = head.getInt();
    int count = head.getInt();
    boolean plausible =
        magic == MAGIC
            && textBytes >= 0
            && textBytes <= POSITIONS_BYTES_MAX
            && count >= 0
            && count <= KEYS_MAX;
    if (!plausible) {
      return null;
    }
    int length = HEADER_BYTES + textBytes + count * Long.BYTES;
    byte[] frame = read(source, at, length + Integer.BYTES);
    if (frame == null || ByteBuffer.wrap(frame).getInt(length) != crc32c(frame, length)) {
      return null;
    }
    return decode(frame, head.getLong(), textBytes, count);
  }

  private static @Nullable KeyFrame decode(
      byte[] frame, long timeMillis, int textBytes, int count) {
    String text = new String(frame, HEADER_BYTES, textBytes, StandardCharsets.US_ASCII);
    int space = text.indexOf(' ');
    if (space < 0) {
      return null;
    }
    long[] keys = new long[count];
    ByteBuffer.wrap(frame).position(HEADER_BYTES + textBytes).asLongBuffer().get(keys);
    return new KeyFrame(
        timeMillis,
        Positions.decode(text.substring(0, space)),
        Positions.decode(text.substring(space + 1)),
        keys,
        frame.length);
  }

  private static byte @Nullable [] read(Storage.Source source, long at, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (source.read(bytes, at + bytes.position()) < 0) {
        return null;
      }
    }
    return bytes.array();
  }

  private static int crc32c(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
