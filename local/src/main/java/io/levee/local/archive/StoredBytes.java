package io.levee.local.archive;

import io.levee.spool.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Whole reads and whole writes, and the checksum of what they carry. */
final class StoredBytes {
  private StoredBytes() {}

  static byte[] read(Storage.Source source, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (source.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException(
            "ends at "
                + (position + bytes.position())
                + " (expected: "
                + (position + length)
                + ")");
      }
    }
    return bytes.array();
  }

  static void write(Storage.Sink sink, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      sink.write(bytes);
    }
  }

  static int crc32c(byte[] bytes) {
    return crc32c(bytes, 0, bytes.length);
  }

  static int crc32c(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
