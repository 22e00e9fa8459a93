package io.levee.edge.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An answer that comes before the body was read, over a real connection. */
final class ITTurnedAway {
  private static final int USUAL_BODY_BYTES = 2_900;

  private static final HttpReply NO = HttpReply.text(429, "no").with("Retry-After", "1");

  @Test
  void theConnectionOfOneWhoIsTurnedAwayStaysUsable() throws IOException {
    staysUsable(new HttpServer(HttpConfig.on("127.0.0.1", 0), call -> NO));
  }

  @Test
  void soDoesThatOfOneWhoWasTurnedAwayAtTheTurnstile() throws IOException {
    Turnstile.Away away = new Turnstile.Away(ReadyReply.of(NO));
    staysUsable(HttpServer.behind(HttpConfig.on("127.0.0.1", 0), head -> away));
  }

  @Test
  void aTurnstileThatFailsIsOurFault() throws IOException {
    try (HttpServer server =
        HttpServer.behind(
            HttpConfig.on("127.0.0.1", 0),
            head -> {
              throw new IllegalStateException("a bug");
            })) {
      server.start();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        socket.setSoTimeout(10_000);
        send(socket.getOutputStream());
        assertThat(in.readLine()).isEqualTo("HTTP/1.1 500 Server Error");
      }
    }
  }

  @Test
  void aCallMayTakeLongerThanNothingMayMove() throws IOException {
    HttpConfig config =
        HttpConfig.on("127.0.0.1", 0).within(HttpConfig.CONNECTIONS_MAX, Duration.ofMillis(300));
    Endpoint slow =
        call -> {
          LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
          return NO;
        };
    staysUsable(new HttpServer(config, slow), 2);
  }

  private static void staysUsable(HttpServer closing) throws IOException {
    staysUsable(closing, 100);
  }

  private static void staysUsable(HttpServer closing, int requests) throws IOException {
    try (HttpServer server = closing) {
      server.start();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          BufferedReader in =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < requests; i++) {
          send(out);
          assertThat(in.readLine()).as("request %d", i).isEqualTo("HTTP/1.1 429 Too Many Requests");
          skipToEnd(in);
        }
      }
    }
  }

  private static void send(OutputStream out) throws IOException {
    String head =
        "POST /api/1/envelope/ HTTP/1.1\r\nHost: a\r\nContent-Length: "
            + USUAL_BODY_BYTES
            + "\r\n\r\n";
    out.write((head + "x".repeat(USUAL_BODY_BYTES)).getBytes(US_ASCII));
    out.flush();
  }

  /** The answer's headers, and its body of two letters. */
  private static void skipToEnd(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      assertThat(line).isNotEqualToIgnoringCase("Connection: close");
      line = in.readLine();
    }
    assertThat(in.read()).isEqualTo('n');
    assertThat(in.read()).isEqualTo('o');
  }
}
