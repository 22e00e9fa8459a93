package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.release.NewDeploy;
import io.levee.engine.release.NewRelease;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WorkPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
  private static final Map<String, String> FROM_OUR_PAGE = Map.of("Sec-Fetch-Site", "same-origin");

  private final World world = new World(new ManualClock(NOW), 7);
  private final Console console;

  WorkPagesTest() {
    world.add(new Stories(new Random(1), NOW).shop(world.shop.id(), 80));
    this.console = new Console(world.ports());
  }

  private PageResponse get(String path, String... pairs) {
    return console.handle(new PageRequest("GET", path, values(pairs), Map.of(), Map.of()));
  }

  private PageResponse post(String path, Map<String, List<String>> query, String... pairs) {
    return console.handle(new PageRequest("POST", path, query, values(pairs), FROM_OUR_PAGE));
  }

  private static Map<String, List<String>> values(String... pairs) {
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], List.of(pairs[i + 1]));
    }
    return values;
  }

  private static String text(PageResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void showsWhoDidWhatAndComments() {
    post("/p/shop/issues/1/change", Map.of(), "action", "archive");
    post("/p/shop/issues/1/comments", Map.of(), "text", "**Seen** it <script>alert(1)</script>");

    String page = text(get("/p/shop/issues/1", "undo", "42"));

    assertThat(page)
        .contains("<strong>Seen</strong> it &lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("archived")
        .contains(">you</span>")
        .contains("name=\"token\" value=\"42\"")
        .contains("http://127.0.0.1:7575/p/shop/issues/1")
        .doesNotContain("<script>alert");
  }

  @Test
  void saysWhatSomebodyElseChangedMeanwhile() {
    Map<String, List<String>> seen = values("version", "0");
    assertThat(post("/p/shop/issues/1/change", seen, "action", "resolve").status()).isEqualTo(303);

    PageResponse second = post("/p/shop/issues/1/change", seen, "action", "archive");

    assertThat(second.status()).isEqualTo(409);
    assertThat(text(second)).contains("Somebody was faster").contains("you: resolved");
    assertThat(post("/p/shop/issues/1/status", seen, "to", "ignored").status()).isEqualTo(409);
  }

  @Test
  void understandsHowLongToIgnore() {
    for (String kind : List.of("hours", "events", "rate", "users")) {
      PageResponse done =
          post(
              "/p/shop/issues/1/change",
              Map.of(),
              "action",
              "ignore",
              "kind",
              kind,
              "amount",
              "24");
      assertThat(done.status()).as(kind).isEqualTo(303);
    }
    PageResponse wrong =
        post(
            "/p/shop/issues/1/change",
            Map.of(),
            "action",
            "ignore",
            "kind",
            "hours",
            "amount",
            "x");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(post("/p/shop/issues/1/change", Map.of(), "action", "explode").status())
        .isEqualTo(400);
    assertThat(post("/p/shop/issues/999/change", Map.of(), "action", "resolve").status())
        .isEqualTo(404);
    assertThat(get("/p/shop/issues/1/change").status()).isEqualTo(404);
  }

  @Test
  void changesAllThatMatchAndOffersToTakeItBack() {
    String list = text(get("/p/shop/issues"));
    assertThat(list).contains("name=\"as_of\"").contains("rel").contains("Archived");
    Map<String, String> htmx = new HashMap<>(FROM_OUR_PAGE);
    htmx.put("HX-Request", "true");

    PageResponse done =
        console.handle(
            new PageRequest(
                "POST",
                "/p/shop/issues/status",
                Map.of(),
                values("to", "resolved", "all", "on", "as_of", "1700000000000000-99"),
                htmx));

    assertThat(done.status()).isEqualTo(200);
    assertThat(text(done)).contains("now resolved.").contains("/p/shop/issues/undo");
    assertThat(post("/p/shop/issues/undo", Map.of(), "token", "7").status()).isEqualTo(404);
  }

  @Test
  void showsReleasesAndDrawsDeploysOnCharts() {
    world.releases.put(
        world.shop.id(), new NewRelease("2.4.1/x", null, "https://x.example/<b>", "abc"), NOW);
    world.releases.deploy(
        world.shop.id(),
        new NewDeploy(
            "2.4.1/x",
            "production",
            "blue",
            "javascript:alert(1)",
            "*big*",
            null,
            NOW.minusSeconds(7200),
            null,
            null),
        "ci",
        NOW);

    assertThat(text(get("/p/shop/releases"))).contains("2.4.1/x").contains("name=2.4.1%2Fx");
    String page = text(get("/p/shop/releases/one", "name", "2.4.1/x"));
    assertThat(page)
        .contains("2.4.1/x to production")
        .contains("<em>big</em>")
        .doesNotContain("javascript:");
    assertThat(text(get("/p/shop/issues/1"))).contains("2.4.1/x to production").contains("Suspect");
    assertThat(text(get("/p/shop/search", "q", "level:error"))).contains("2.4.1/x to production");
    PageResponse unknown = get("/p/shop/releases/one", "name", "<b>9</b>");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(text(unknown)).contains("no release “&lt;b&gt;9&lt;/b&gt;”");
    assertThat(text(get("/p/storefront/releases"))).contains("No release yet");
  }

  @Test
  void listsEventsAndSimilarIssues() {
    String issue = text(get("/p/shop/issues/1", "event", "recommended"));
    assertThat(issue).contains("Much like it").contains("/p/shop/issues/1/export.csv");
    assertThat(text(get("/p/shop/issues/1/events")))
        .contains("Stands for")
        .contains("/p/shop/issues/1?event=");
    assertThat(get("/p/shop/issues/999/events").status()).isEqualTo(404);
    assertThat(get("/p/shop/issues/x/events").status()).isEqualTo(404);
  }

  @Test
  void commentsLoadNothingAndHideNothing() {
    assertThat(Markdown.html("![x](https://evil.example/pixel.png)"))
        .contains("<a rel=\"nofollow noopener noreferrer\"")
        .doesNotContain("<img");
    assertThat(Markdown.html("[x](javascript:alert(1)) <img src=x onerror=alert(1)>"))
        .doesNotContain("javascript:")
        .doesNotContain("<img");
    assertThat(Markdown.html("a\n\n<div onclick=x>\n")).contains("&lt;div onclick=x&gt;");
    assertThat(Markdown.html(">".repeat(20_000))).isNotEmpty();
    assertThat(Markdown.html("[".repeat(10_000) + "](".repeat(4_000))).isNotEmpty();
  }

  @Test
  void asksOnceMoreBeforeItDeletes() {
    String page = text(get("/p/shop/issues/1/delete"));
    assertThat(page).contains("Delete issue 1?").contains("can’t be undone");

    PageResponse without = post("/p/shop/issues/1/delete", Map.of(), "confirm", "yes");
    assertThat(without.status()).isEqualTo(400);
    assertThat(text(without)).contains("Nothing was deleted. Type 1");
    assertThat(text(get("/p/shop/erasures"))).contains("Nothing yet.");

    PageResponse done = post("/p/shop/issues/1/delete", Map.of(), "confirm", "1");
    assertThat(done.status()).isEqualTo(303);
    assertThat(text(get("/p/shop/erasures"))).contains("Issue 1").contains("requested");
    assertThat(get("/p/shop/issues/999/delete").status()).isEqualTo(404);
  }

  @Test
  void deletesAUserOnlyByTheNameTypedTwice() {
    String ask = text(get("/p/shop/erasures/user", "user", "<b>ann</b>"));
    assertThat(ask).contains("&lt;b&gt;ann&lt;/b&gt;").doesNotContain("<b>ann");

    assertThat(post("/p/shop/erasures/user", Map.of(), "user", "ann", "confirm", "anne").status())
        .isEqualTo(400);
    assertThat(post("/p/shop/erasures/user", Map.of(), "user", "ann", "confirm", "ann").status())
        .isEqualTo(303);
    assertThat(text(get("/p/shop/erasures"))).contains("All data of ann");
    assertThat(get("/p/shop/erasures/user").status()).isEqualTo(400);
  }
}
