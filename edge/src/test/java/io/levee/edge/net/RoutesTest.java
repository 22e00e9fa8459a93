package io.levee.edge.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoutesTest {
  private final Routes routes =
      new Routes()
          .on("GET", "/api/v1/events/count", call -> HttpReply.text(200, "count"))
          .on("GET", "/api/v1/events/{id}", call -> HttpReply.text(200, call.pathParameter("id")))
          .on(
              "POST",
              "/api/{project}/envelope",
              call -> HttpReply.text(200, "envelope of " + call.pathParameter("project")));

  private HttpReply ask(String method, String path) {
    return routes.handle(
        new HttpCall(
            method,
            path,
            Map.of(),
            name -> null,
            "127.0.0.1",
            InputStream.nullInputStream(),
            Map.of()));
  }

  private static String text(HttpReply reply) {
    return new String(((HttpReply.Bytes) reply.body()).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theFirstThatFitsAnswers() {
    assertThat(text(ask("GET", "/api/v1/events/count"))).isEqualTo("count");
    assertThat(text(ask("GET", "/api/v1/events/17"))).isEqualTo("17");
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() {
    assertThat(text(ask("POST", "/api/3/envelope/"))).isEqualTo("envelope of 3");
    assertThat(text(ask("POST", "/api/3/envelope"))).isEqualTo("envelope of 3");
  }

  @Test
  void anotherMethodIsToldWhichAreThere() {
    HttpReply reply = ask("DELETE", "/api/v1/events/17");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET");
  }

  @Test
  void nothingThereIsNotFound() {
    assertThat(ask("GET", "/nothing").status()).isEqualTo(404);
    assertThat(ask("GET", "/api/v1/events/17/more").status()).isEqualTo(404);
    assertThat(ask("GET", "").status()).isEqualTo(404);
  }
}
