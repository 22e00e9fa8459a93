package io.levee.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One GET on a bare socket: an HTTP client would cost more to warm up than a server to start. */
final class HttpProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final String OK = "HTTP/1.1 200";

  private HttpProbe() {}

  /** Whether it answers 200; false when nobody listens. */
  static boolean answersOk(String host, int port, String path) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      byte[] start = in.readNBytes(OK.length());
      return OK.equals(new String(start, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return false; // Not yet; the caller asks again.
    }
  }
}
