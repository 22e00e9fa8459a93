package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code @sentry/node}. */
final class ITSentryNode {
  @TempDir private Path data;

  @Test
  void arrivesWhole() throws IOException, InterruptedException {
    RealClients clients = RealClients.install("@sentry/node");
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      Json.Obj sent = clients.run("node-sdk.mjs", levee.dsn());
      Json.Obj ids = sent.object("eventIds");

      Event thrown = fetch(levee, String.valueOf(ids.text("exception")));
      assertThat(thrown.exceptions())
          .extracting(ExceptionInfo::type)
          .containsExactly("Error", "TypeError");
      assertThat(thrown.exceptions().get(1).value())
          .isEqualTo("bank did not answer for order 1017");
      assertThat(thrown.exceptions().getFirst().frames().getFirst().function()).isEqualTo("pay");
      assertThat(thrown.exceptions().getFirst().frames().getFirst().contextLine())
          .contains("throw new Error");
      assertThat(thrown.user().id()).isEqualTo("42");
      assertThat(thrown.tags()).containsEntry("region", "eu-central-1");
      assertThat(thrown.breadcrumbs())
          .extracting(b -> String.valueOf(b.message()))
          .contains("signed in", "item added");
      assertThat(thrown.release()).isEqualTo("shop@1.4.2");
      assertThat(thrown.host()).isEqualTo("shop-1");
      Event said = fetch(levee, String.valueOf(ids.text("message")));
      assertThat(said.title()).isEqualTo("hello from node");
      assertThat(said.level()).isEqualTo(Level.WARNING);
    }
  }

  static Event fetch(RunningTestLevee levee, String id) throws IOException, InterruptedException {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(levee.get("/api/v1/events/" + id).statusCode()).isEqualTo(200));
    return CanonicalJson.read(
        levee.get("/api/v1/events/" + id).body().getBytes(StandardCharsets.UTF_8));
  }
}
