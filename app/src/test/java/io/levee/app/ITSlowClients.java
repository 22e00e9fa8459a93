package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.edge.net.HttpConfig;
import io.levee.edge.net.HttpReply;
import io.levee.edge.net.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Clients that take their time, through a real server. */
final class ITSlowClients {
  private static final HttpConfig CONFIG =
      new HttpConfig(
          "127.0.0.1",
          0,
          16 << 10,
          Duration.ofSeconds(1),
          100,
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));

  @Test
  void whoDripsHeadersIsCutOffAndWhoIsIdleIsNot() throws IOException, InterruptedException {
    try (HttpServer server = new HttpServer(CONFIG, call -> HttpReply.text(200, "ok"))) {
      server.start();
      try (Socket dripping = connect(server);
          Socket idle = connect(server);
          Socket between = connect(server)) {
        ask(between);
        AtomicBoolean cut = new AtomicBoolean();
        Thread dripper = Thread.ofVirtual().start(() -> cut.set(drip(dripping)));

        await().atMost(Duration.ofSeconds(15)).untilTrue(cut);
        dripper.join();

        assertThat(server.slowHeaders()).isEqualTo(1);
        ask(idle);
        ask(between);
      }
    }
  }

  @Test
  void noMoreConnectionsThanTheLimitAreOpen() throws IOException {
    HttpConfig three =
        new HttpConfig(
            "127.0.0.1",
            0,
            16 << 10,
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1));
    try (HttpServer server = new HttpServer(three, call -> HttpReply.text(200, "ok"))) {
      server.start();
      Socket first = connect(server);
      Socket second = connect(server);
      Socket third = connect(server);
      ask(first);
      ask(second);
      ask(third);
      try (Socket fourth = connect(server)) {
        assertThat(server.connections()).isEqualTo(3);

        first.close();
        ask(fourth);
      } finally {
        second.close();
        third.close();
      }
    }
  }

  private static Socket connect(HttpServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\nok")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the connection was closed after: " + answer).isNotNegative();
      answer.append((char) next);
    }
    assertThat(answer.toString()).startsWith("HTTP/1.1 200");
  }

  /** Sends a byte of a header ten times a second; true when the other side has had enough. */
  private static boolean drip(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 200; i++) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
      return false;
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
