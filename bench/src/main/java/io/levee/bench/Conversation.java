package io.levee.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One blocking keep-alive connection that asks and hears the whole answer, of known length or in
 * chunks (RFC 9112). An HTTP client with threads of its own would be a part of what is measured.
 * Used by one thread.
 */
final class Conversation implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 300_000;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int LINE_CHARS_MAX = 16 << 10;

  private final InputStream in;
  private final OutputStream out;
  private final Closeable socket;
  private final String headers;

  /**
   * @param socket what is closed at the end
   * @param headers sent with every request, each line with its end
   */
  Conversation(InputStream in, OutputStream out, Closeable socket, String headers) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.out = out;
    this.socket = socket;
    this.headers = headers;
  }

  /** An answer. */
  static final class Reply {
    private final int status;
    private final byte[] body;
    private final Duration took;

    private Reply(int status, byte[] body, Duration took) {
      this.status = status;
      this.body = body;
      this.took = took;
    }

    int status() {
      return status;
    }

    /** Not to be changed. */
    byte[] body() {
      return body;
    }

    /** From the first byte sent to the last received. */
    Duration took() {
      return took;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Connects.
   *
   * @param headers sent with every request, each line with its end
   */
  static Conversation with(String host, int port, String headers) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      String all = "Host: " + host + ":" + port + "\r\n" + headers;
      return new Conversation(socket.getInputStream(), socket.getOutputStream(), socket, all);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks and waits.
   *
   * @param path with its query
   * @param body empty for none
   */
  Reply ask(String method, String path, byte[] body) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, path, headers, body.length);
    byte[] request = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, head.length());
    System.arraycopy(body, 0, request, head.length(), body.length);
    long startNanos = System.nanoTime();
    out.write(request);
    int status = status(line());
    byte[] answer = body();
    return new Reply(status, answer, Times.since(startNanos));
  }

  private static int status(String line) throws IOException {
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IOException("\"" + line + "\" (expected: HTTP/1.1 and a status)");
    }
    return number(line.substring(9, 12), 10);
  }

  private byte[] body() throws IOException {
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = number(lower.substring("content-length:".length()).strip(), 10);
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    return chunked ? chunks() : bytes(length);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      int length = number(line(), 16);
      out.writeBytes(bytes(length));
      line();
      if (length == 0) {
        return out.toByteArray();
      }
    }
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("closed by the server in the middle of an answer");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > LINE_CHARS_MAX) {
        throw new IOException("closed by the server, or a line too long, after \"" + line + "\"");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static int number(String digits, int radix) throws IOException {
    try {
      return Integer.parseUnsignedInt(digits, radix);
    } catch (NumberFormatException e) {
      throw new IOException("response: \"" + digits + "\" (expected: a number)", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
