package io.levee.bench;

import io.levee.bench.hostile.Attack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The doors that take events, and how a body is put before each. */
enum Door {
  SENTRY_ENVELOPE,
  SENTRY_STORE,
  ELMAH,
  API;

  /** A connection that broke before an answer came. */
  static final int NO_ANSWER = 0;

  /** The whole HTTP request. */
  ByteBuffer request(Target target, Attack attack) {
    String path =
        switch (this) {
          case SENTRY_ENVELOPE ->
              "/api/" + target.project() + "/envelope/?sentry_key=" + target.key();
          case SENTRY_STORE -> "/api/" + target.project() + "/store/?sentry_key=" + target.key();
          case ELMAH -> "/v3/messages/" + target.project() + "?api_key=" + target.key();
          case API -> "/api/v1/events";
        };
    StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.host()).append(":").append(target.port()).append("\r\n");
    head.append("Authorization: Bearer ").append(target.key()).append("\r\n");
    head.append("Content-Type: application/json\r\n");
    if (!attack.coding().isEmpty()) {
      head.append("Content-Encoding: ").append(attack.coding()).append("\r\n");
    }
    head.append("Content-Length: ").append(attack.body().length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(attack.body());
    return ByteBuffer.wrap(request.toByteArray());
  }

  /**
   * Sends a body on a connection of its own.
   *
   * @return the answer's status; {@link #NO_ANSWER} when the server hung up first, as it may when
   *     it has refused a body that is still being sent
   */
  int send(Target target, Attack attack) throws IOException {
    ByteBuffer request = request(target, attack);
    try (Courier courier = Courier.to(target)) {
      return answer(courier, request);
    }
  }

  private static int answer(Courier courier, ByteBuffer request) {
    try {
      return courier.deliver(request);
    } catch (IOException e) {
      return NO_ANSWER;
    }
  }

  /** Sound bodies that it takes, to be mutated. */
  List<byte[]> sound() {
    String event = new EnvelopeText(3).event();
    String filled =
        event
            .replace(EnvelopeText.EVENT_ID, "0123456789abcdef0123456789abcdef")
            .replace(EnvelopeText.TIMESTAMP, "1763791200.123");
    List<String> bodies =
        switch (this) {
          case SENTRY_ENVELOPE ->
              List.of(
                  new EnvelopeText(3)
                      .envelope()
                      .replace(EnvelopeText.EVENT_ID, "0123456789abcdef0123456789abcdef")
                      .replace(EnvelopeText.TIMESTAMP, "1763791200.123"),
                  "{}\n{\"type\":\"event\"}\n" + filled,
                  "{}\n{\"type\":\"session\",\"length\":2}\n{}\n{\"type\":\"client_report\"}\n{\"discarded_events\":[{\"reason\":\"queue_overflow\",\"category\":\"error\",\"quantity\":3}]}\n",
                  "{}\n{\"type\":\"log\",\"item_count\":1}\n{\"items\":[{\"timestamp\":1763791200.1,\"level\":\"info\",\"body\":\"hello\",\"attributes\":{\"a\":{\"value\":1,\"type\":\"integer\"}}}]}\n");
          case SENTRY_STORE -> List.of(filled);
          case ELMAH ->
              List.of(
                  "{\"title\":\"Boom\",\"severity\":\"Error\",\"dateTime\":\"2026-11-22T01:02:03Z\",\"detail\":\"System.Exception: x\\n   at A.B() in c:\\\\a.cs:line 3\",\"data\":[{\"key\":\"a\",\"value\":\"b\"}],\"cookies\":[],\"statusCode\":500,\"url\":\"/x\",\"breadcrumbs\":[{\"message\":\"m\"}]}");
          case API ->
              List.of(
                  "{\"title\":\"x\",\"level\":\"error\",\"time\":\"2026-11-22T01:02:03Z\",\"tags\":{\"a\":\"b\"},\"exceptions\":[{\"type\":\"T\",\"value\":\"v\",\"frames\":[{\"function\":\"f\",\"line\":3}]}],\"extra\":{\"n\":1}}",
                  "{\"title\":\"one\"}\n{\"title\":\"two\"}\n");
        };
    return bodies.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
