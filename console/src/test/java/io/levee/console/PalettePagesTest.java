package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PalettePagesTest {
  private final World world =
      new World(new ManualClock(Instant.parse("2026-11-21T15:00:00Z")), 7).populate();
  private final Console console = new Console(world.ports());

  private String choices(String words) {
    PageResponse response =
        console.handle(
            new PageRequest(
                "GET", "/p/shop/palette", Map.of("q", List.of(words)), Map.of(), Map.of()));
    assertThat(response.status()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void offersPagesAndOtherProjectsAtFirst() {
    assertThat(choices(""))
        .contains("data-href=\"/p/shop/ledger\"")
        .contains("data-href=\"/pipeline\"")
        .contains("data-href=\"/p/storefront/issues\"")
        .doesNotContain("data-href=\"/p/shop/search?q=");
  }

  @Test
  void findsAnIssueByItsNumber() {
    assertThat(choices("#1")).contains("data-href=\"/p/shop/issues/1\"");
    assertThat(choices("1")).contains("data-href=\"/p/shop/issues/1\"");
    assertThat(choices("#99999")).doesNotContain("/p/shop/issues/");
  }

  @Test
  void searchesForWhateverIsTyped() {
    assertThat(choices("card \"declined\""))
        .contains("data-href=\"/p/shop/search?q=card+%22declined%22&amp;range=7d\"");
  }

  @Test
  void escapesWhatIsTyped() {
    assertThat(choices("<img src=x onerror=alert(1)>")).doesNotContain("<img");
  }
}
