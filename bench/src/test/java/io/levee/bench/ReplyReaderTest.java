package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReplyReaderTest {
  private static final String ACCEPTED =
      "HTTP/1.1 200 OK\r\nDate: now\r\ncontent-length: 5\r\n\r\nhello";
  private static final String THROTTLED =
      "HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  private final ReplyReader reader = new ReplyReader();

  @Test
  void readsResponseCutAnywhere() throws IOException {
    for (int cut = 1; cut < ACCEPTED.length(); cut++) {
      assertThat(reader.read(bytes(ACCEPTED.substring(0, cut)))).isEqualTo(ReplyReader.MORE);
      assertThat(reader.read(bytes(ACCEPTED.substring(cut)))).isEqualTo(200);
    }
  }

  @Test
  void leavesNextResponseInTheBuffer() throws IOException {
    ByteBuffer both = bytes(ACCEPTED + THROTTLED);

    assertThat(reader.read(both)).isEqualTo(200);
    assertThat(reader.closes()).isFalse();
    assertThat(reader.read(both)).isEqualTo(429);
    assertThat(reader.closes()).isTrue();
    assertThat(both.hasRemaining()).isFalse();
  }

  @Test
  void readsLongHeaders() throws IOException {
    String padding = "X-Padding: " + "x".repeat(5_000) + "\r\n";

    assertThat(reader.read(bytes("HTTP/1.1 204 No\r\n" + padding + "\r\n"))).isEqualTo(204);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    refuses("SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1");
    refuses("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n", "2x0");
    refuses("HTTP/1.1 200 OK\r\n\r\n", "Content-Length");
    refuses("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding");
    refuses("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000), "more than");
  }

  private static void refuses(String response, String message) {
    assertThatThrownBy(() -> new ReplyReader().read(bytes(response)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
