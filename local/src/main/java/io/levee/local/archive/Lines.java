package io.levee.local.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over the lines of a block, which it unpacks as far as it is asked: one event is found
 * without the rest of its block, and no array grows as large as a block, which the collector would
 * have to treat apart. Every line ends with {@code \n}. Used by one thread.
 */
final class Lines implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream text;
  private final int rawBytes;
  private final Failure failure;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private int from;
  private int to = -1;
  private long unpacked;
  private boolean ended;

  /** Makes what is thrown when a frame is not what it should be. */
  interface Failure {
    RuntimeException of(String detail, Throwable cause);
  }

  /**
   * The lines of one zstd frame.
   *
   * @param rawBytes length of its text
   */
  Lines(byte[] frame, int at, int bytes, int rawBytes, Failure failure) {
    this.rawBytes = rawBytes;
    this.failure = failure;
    try {
      this.text =
          new ZstdInputStreamNoFinalizer(
              new ByteArrayInputStream(frame, at, bytes), RecyclingBufferPool.INSTANCE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Goes to the next line; false behind the last, when the whole frame has proved sound. */
  boolean next() {
    from = to + 1;
    to = from;
    while (true) {
      to = lineEnd();
      if (to < filled) {
        return true;
      }
      if (ended || !more()) {
        return from < filled;
      }
    }
  }

  /** Where the line ends; the end of what is there when that is not there yet. */
  private int lineEnd() {
    byte[] bytes = buffer;
    int end = filled;
    int at = to;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean more() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, filled - from);
      filled -= from;
      to -= from;
      from = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int got = read();
    if (got < 0) {
      ended = true;
      if (unpacked != rawBytes) {
        throw failed(new IOException(unpacked + " bytes (expected: " + rawBytes + ")"));
      }
      return false;
    }
    filled += got;
    unpacked += got;
    return true;
  }

  private int read() {
    try {
      return text.read(buffer, filled, buffer.length - filled);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(IOException cause) {
    return failure.of("frame: " + cause.getMessage(), cause);
  }

  /** What {@link #from} is a place in, until the next line. */
  @SuppressWarnings("ExposedArray") // Copied from at once, without a copy in between.
  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  /** The line, without its end. */
  byte[] copy() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw failed(e); // It lies in memory; only the decoder could refuse.
    }
  }
}
