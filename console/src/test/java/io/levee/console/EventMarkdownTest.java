package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Level;
import io.levee.event.Pair;
import io.levee.event.Request;
import io.levee.event.User;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventMarkdownTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
  private static final Json.Obj NONE = Json.object(Map.of());

  private final World world = new World(new ManualClock(NOW), 7);

  private static Frame frame(String function, boolean inApp) {
    return new Frame(
        function,
        "com.acme.Shop",
        "Shop.java",
        null,
        7,
        null,
        inApp,
        inApp ? "  charge(card);" : null,
        List.of("  // before"),
        List.of("  // after"),
        Json.object("card", Json.text("hidden-variable")),
        NONE);
  }

  private Event event() {
    return Event.builder(new EventId(1, 2), world.shop.id())
        .time(NOW)
        .received(NOW)
        .title("PaymentFailed: card `declined`")
        .release("shop@1.2.3")
        .tags(Map.of("region", "eu"))
        .exceptions(
            List.of(
                new ExceptionInfo(
                    "com.acme.PaymentFailed",
                    "card ```declined```",
                    null,
                    false,
                    NONE,
                    List.of(frame("pay", true), frame("x", false), frame("y", false)),
                    NONE)))
        .breadcrumbs(
            List.of(
                new Breadcrumb(
                    NOW,
                    "http",
                    "fetch",
                    Level.INFO,
                    "GET /cart",
                    Json.object("token", Json.text("hidden-crumb-data")))))
        .request(
            new Request(
                "POST",
                "https://shop.example/checkout?session=hidden-query",
                500,
                List.of(new Pair("session", "hidden-query")),
                List.of(new Pair("Authorization", "hidden-header")),
                List.of(new Pair("sid", "hidden-cookie")),
                List.of(),
                List.of(),
                Json.object("card", Json.text("hidden-body"))))
        .user(new User("7", "hidden-name", "hidden@mail.example", "203.0.113.9", NONE))
        .extra(Json.object("note", Json.text("hidden-extra")))
        .build();
  }

  @Test
  void tellsWhatHappenedAndNothingOfTheUser() {
    String markdown = EventMarkdown.of(event(), null, "http://levee.example/p/shop/events/1");

    assertThat(markdown)
        .startsWith("# PaymentFailed: card `declined`\n")
        .contains("- Release: `shop@1.2.3`")
        .contains("- Request: `POST https://shop.example/checkout`")
        .contains("- Link: <http://levee.example/p/shop/events/1>")
        .contains("  * com.acme.Shop.pay (Shop.java:7)")
        .contains("… 2 frames of libraries")
        .contains(">   charge(card);")
        .contains("fetch GET /cart")
        .doesNotContain("hidden")
        .doesNotContain("203.0.113.9");
  }

  @Test
  void noTextEndsItsFence() {
    String markdown = EventMarkdown.of(event(), null, "http://levee.example/");

    assertThat(markdown).contains("\n````\ncom.acme.PaymentFailed: card ```declined```\n");
  }

  @Test
  void isServedForEventsAndIssues() {
    world.populate();
    Console console = new Console(world.ports());

    PageResponse response = console.handle(PageRequest.get("/p/shop/issues/1/markdown"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("text/markdown; charset=utf-8");
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("- Seen: ")
        .contains("- Link: <http://127.0.0.1:7575/p/shop/issues/1>");
    assertThat(console.handle(PageRequest.get("/p/shop/issues/999/markdown")).status())
        .isEqualTo(404);
  }
}
