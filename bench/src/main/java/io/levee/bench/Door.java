package io.levee.bench;

import io.levee.bench.hostile.Attack;
import io.levee.bench.hostile.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** The doors that take events, and how a body is put before each. */
enum Door {
  SENTRY_ENVELOPE,
  SENTRY_STORE,
  ELMAH,
  API;

  /** A connection that broke before an answer came. */
  static final int NO_ANSWER = 0;

  private static final long SEED = 20261122;

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
    List<String> bodies =
        switch (this) {
          case SENTRY_ENVELOPE ->
              List.of(
                  envelope(1),
                  envelope(2),
                  "{}\n{\"type\":\"event\"}\n" + event(3),
                  "{}\n{\"type\":\"session\",\"length\":2}\n{}\n{\"type\":\"client_report\"}\n{\"discarded_events\":[{\"reason\":\"queue_overflow\",\"category\":\"error\",\"quantity\":3}]}\n",
                  "{}\n{\"type\":\"log\",\"item_count\":1}\n{\"items\":[{\"timestamp\":1763791200.1,\"level\":\"info\",\"body\":\"hello\",\"attributes\":{\"a\":{\"value\":1,\"type\":\"integer\"}}}]}\n");
          case SENTRY_STORE -> List.of(event(4), event(5));
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

  /** A whole envelope as the generator sends it, with the id that is made anew for each. */
  private static String envelope(long number) {
    Target nowhere = new Target("localhost", 1, "key", "1");
    byte[] request = new Envelopes(nowhere, SEED, Clock.systemUTC()).request(number).array();
    String text = new String(request, StandardCharsets.UTF_8);
    return text.substring(text.indexOf("\r\n\r\n") + 4)
        .replace(Envelopes.eventId(SEED, number), Mutations.ID);
  }

  /** The event of such an envelope: its third line. */
  private static String event(long number) {
    return envelope(number).lines().skip(2).findFirst().orElseThrow();
  }
}
