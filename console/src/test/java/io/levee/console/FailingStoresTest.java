package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.pipeline.PipelineView;
import io.levee.engine.run.BackendException;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FailingStoresTest {
  private final World world = new World(new ManualClock(Instant.parse("2026-11-21T15:00:00Z")), 7);

  private PageResponse pipelinePage(PipelineView pipeline) {
    ConsolePorts ports = world.ports();
    Console console =
        new Console(
            new ConsolePorts(
                ports.registry(),
                ports.index(),
                ports.issues(),
                ports.ledger(),
                ports.deadLetters(),
                pipeline,
                ports.spikes(),
                ports.clock(),
                ports.publicUrl(),
                ports.budgets(),
                ports.work(),
                ports.explore()));
    return console.handle(PageRequest.get("/pipeline"));
  }

  @Test
  void saysWhichStoreDoesNotAnswer() {
    PageResponse response =
        pipelinePage(() -> {
          throw new BackendException.Unavailable("index", "search", "closed", null);
        });

    assertThat(response.status()).isEqualTo(503);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("index search: closed");
  }

  @Test
  void hidesABugBehindAReference() {
    PageResponse response =
        pipelinePage(() -> {
          throw new IllegalStateException("secret detail");
        });

    String page = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.status()).isEqualTo(500);
    assertThat(page).contains("This page failed").doesNotContain("secret detail");
  }
}
