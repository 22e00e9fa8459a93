package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.issue.IssueFilter;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Fingerprint;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages say when not every event is kept whole. */
final class SamplingPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");

  private final World world = new World(new ManualClock(NOW), 7);
  private final Console console = new Console(world.ports());

  private String page(String path, Map<String, List<String>> query) {
    return new String(
        console.handle(new PageRequest("GET", path, query, Map.of(), Map.of())).body(),
        StandardCharsets.UTF_8);
  }

  private Event sampled() {
    return Event.builder(new EventId(7, 7), world.shop.id())
        .time(NOW.minusSeconds(60))
        .received(NOW.minusSeconds(59))
        .title("A flood")
        .message("floodword")
        .fingerprint(new Fingerprint(1, 5, 6))
        .weight(1_204_331)
        .build();
  }

  @Test
  void theSearchSaysHowManyAreKept() {
    world.add(List.of(sampled()));

    assertThat(page("/p/shop/search", Map.of("q", List.of("floodword"))))
        .contains("Showing 1 of 1,204,331 events; 1 are kept whole");
  }

  @Test
  void theIssueSaysHowManyAreShown() {
    world.add(List.of(sampled()));
    ProjectScope scope = ProjectScope.of(world.shop.id());
    long issue =
        world.issues.list(IssueFilter.all(scope, 500)).issues().stream()
            .filter(one -> one.title().equals("A flood"))
            .findFirst()
            .orElseThrow()
            .id()
            .value();

    assertThat(page("/p/shop/issues/" + issue, Map.of())).contains("Showing 1 of 1,204,331");
  }

  @Test
  void aProjectInASpikeSaysSoAndOthersDoNot() {
    world.spikes.refresh(List.of(world.shop, world.front), world.ledger, NOW);
    for (int i = 0; i < 1_000_000 && world.spikes.spike(world.shop.id()) == null; i++) {
      world.spikes.threshold(world.shop.id(), System.nanoTime());
    }

    assertThat(page("/p/shop/issues", Map.of())).contains("A spike: ");
    assertThat(page("/p/" + world.front.slug() + "/issues", Map.of())).doesNotContain("A spike: ");
  }
}
