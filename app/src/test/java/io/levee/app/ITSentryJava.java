package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Level;
import io.sentry.Breadcrumb;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Java SDK, from its public API to the event that Levee gives back. */
final class ITSentryJava {
  @TempDir private Path data;

  @Test
  void arrivesWhole() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      Sentry.init(options -> {
        options.setDsn(levee.dsn());
        options.setRelease("shop@1.2.3");
        options.setEnvironment("test");
        options.addInAppInclude("io.levee.app");
      });
      User user = new User();
      user.setId("17");
      user.setEmail("ada@example.org");
      Sentry.configureScope(scope -> {
        scope.setUser(user);
        scope.setTag("region", "eu");
        scope.addBreadcrumb(new Breadcrumb("added to the basket"));
      });
      Throwable cause = new IOException("connection reset");
      SentryId thrown = Sentry.captureException(new IllegalStateException("no card", cause));
      SentryId said = Sentry.captureMessage("stock is low", SentryLevel.WARNING);
      Sentry.close();

      Event event = fetch(levee, thrown);
      assertThat(event.title()).isEqualTo("IllegalStateException: no card");
      assertThat(event.exceptions())
          .extracting(ExceptionInfo::type)
          .containsExactly("IllegalStateException", "IOException");
      assertThat(event.exceptions().getFirst().frames().getFirst().function())
          .isEqualTo("arrivesWhole");
      assertThat(event.exceptions().getFirst().frames().getFirst().isInApp()).isTrue();
      assertThat(event.release()).isEqualTo("shop@1.2.3");
      assertThat(event.environment()).isEqualTo("test");
      assertThat(event.user().id()).isEqualTo("17");
      assertThat(event.user().email()).isEqualTo("ada@example.org");
      assertThat(event.tags()).containsEntry("region", "eu");
      assertThat(event.breadcrumbs())
          .anySatisfy(b -> assertThat(b.message()).isEqualTo("added to the basket"));
      assertThat(event.platform()).isEqualTo("java");
      Event message = fetch(levee, said);
      assertThat(message.title()).isEqualTo("stock is low");
      assertThat(message.level()).isEqualTo(Level.WARNING);
    }
  }

  private static Event fetch(RunningTestLevee levee, SentryId id)
      throws IOException, InterruptedException {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(levee.get("/api/v1/events/" + id).statusCode()).isEqualTo(200));
    return CanonicalJson.read(
        levee.get("/api/v1/events/" + id).body().getBytes(StandardCharsets.UTF_8));
  }
}
