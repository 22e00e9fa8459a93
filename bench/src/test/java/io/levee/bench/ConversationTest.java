package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ConversationTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private Conversation hearing(String answers) {
    byte[] bytes = answers.getBytes(StandardCharsets.UTF_8);
    return new Conversation(new ByteArrayInputStream(bytes), sent, () -> {}, "X: 1\r\n");
  }

  @Test
  void hearsOneAnswerAfterTheOther() throws IOException {
    Conversation conversation =
        hearing(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
                + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
                + "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");

    assertThat(conversation.ask("GET", "/a", new byte[0]).text()).isEqualTo("abc");
    assertThat(conversation.ask("GET", "/b", new byte[0]).text()).isEqualTo("def");
    assertThat(conversation.ask("GET", "/c", new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void sendsHeadersAndBody() throws IOException {
    hearing("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        .ask("POST", "/a?b=c", "xyz".getBytes(StandardCharsets.UTF_8));

    assertThat(sent.toString(StandardCharsets.UTF_8))
        .isEqualTo("POST /a?b=c HTTP/1.1\r\nX: 1\r\nContent-Length: 3\r\n\r\nxyz");
  }

  @Test
  void brokenOffAnswerIsAnError() {
    assertThatThrownBy(() -> hearing("HTTP/1.1 200 OK\r\nContent-Le").ask("GET", "/", new byte[0]))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() ->
            hearing("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").ask("GET", "/", new byte[0]))
        .isInstanceOf(IOException.class);
  }
}
