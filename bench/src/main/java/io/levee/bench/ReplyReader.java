package io.levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 response after the other from what a connection brings, in pieces of any size:
 * status line, headers, and a body of Content-Length bytes (RFC 9112). Chunked bodies are refused:
 * the doors that are flooded don't answer so. Used by one thread.
 */
final class ReplyReader {
  /** Returned by {@link #read} when more bytes are needed. */
  static final int MORE = 0;

  private static final int HEADER_BYTES_MAX = 16 << 10;
  private static final String LENGTH = "content-length:";
  private static final String CLOSE = "connection: close";

  private byte[] header = new byte[512];
  private int headerLength;
  private int status;
  private long bodyLeft;
  private boolean closes;

  /**
   * Consumes bytes up to the end of one response.
   *
   * @param bytes between position and limit
   * @return the response's status, or {@link #MORE} when all bytes were taken and it isn't whole
   *     yet
   * @throws IOException when it isn't a response that we understand
   */
  int read(ByteBuffer bytes) throws IOException {
    while (status == 0 && bytes.hasRemaining()) {
      append(bytes.get());
      if (endOfHeader()) {
        parse(new String(header, 0, headerLength, StandardCharsets.ISO_8859_1));
      }
    }
    if (status == 0) {
      return MORE;
    }
    int skipped = (int) Math.min(bodyLeft, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    bodyLeft -= skipped;
    return bodyLeft > 0 ? MORE : finish();
  }

  /** Whether the server said that it closes the connection after the response last read. */
  boolean closes() {
    return closes;
  }

  private int finish() {
    int finished = status;
    status = 0;
    headerLength = 0;
    return finished;
  }

  private void append(byte next) throws IOException {
    if (headerLength == header.length) {
      if (headerLength >= HEADER_BYTES_MAX) {
        throw new IOException("response header: more than " + HEADER_BYTES_MAX + " bytes");
      }
      header = Arrays.copyOf(header, header.length * 2);
    }
    header[headerLength++] = next;
  }

  private boolean endOfHeader() {
    int n = headerLength;
    return n >= 4
        && header[n - 1] == '\n'
        && header[n - 2] == '\r'
        && header[n - 3] == '\n'
        && header[n - 4] == '\r';
  }

  private void parse(String text) throws IOException {
    if (!text.startsWith("HTTP/1.1 ") || text.length() < 13) {
      throw new IOException("response does not begin with HTTP/1.1 and a status");
    }
    int code = number(text.substring(9, 12));
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding:")) {
      throw new IOException("response " + code + " has a Transfer-Encoding");
    }
    closes = lower.contains("\r\n" + CLOSE);
    bodyLeft = code == 204 || code == 304 ? 0 : contentLength(lower);
    status = code;
  }

  private static int contentLength(String lower) throws IOException {
    int at = lower.indexOf("\r\n" + LENGTH);
    if (at < 0) {
      throw new IOException("response has no Content-Length");
    }
    int start = at + 2 + LENGTH.length();
    return number(lower.substring(start, lower.indexOf('\r', start)).strip());
  }

  private static int number(String digits) throws IOException {
    try {
      return Integer.parseUnsignedInt(digits);
    } catch (NumberFormatException e) {
      throw new IOException("response: \"" + digits + "\" (expected: a number)", e);
    }
  }
}
