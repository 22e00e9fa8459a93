package io.levee.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events with every field set, so that a forgotten one shows. */
final class Examples {
  private Examples() {}

  static Event full() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("region", "eu-west");
    tags.put("answer \"quoted\"", "ja, 42 – naïve\n");
    Frame frame =
        new Frame(
            "pay",
            "com.shop.Checkout",
            "Checkout.java",
            "/srv/shop/Checkout.java",
            42,
            7,
            true,
            "charge(card);",
            List.of("try {"),
            List.of("}"),
            Json.object("amount", Json.number(12.5)),
            Json.object("lock", Json.nothing()));
    ExceptionInfo surfaced =
        new ExceptionInfo(
            "IllegalStateException",
            "no card",
            "java.lang",
            false,
            Json.object("type", Json.text("generic")),
            List.of(frame, Frame.of("run", null, null, null, null)),
            Json.object("thread_id", Json.number(7)));
    return Event.builder(new EventId(0x0123456789abcdefL, 0xfedcba9876543210L), new ProjectId(7))
        .kind(Kind.TRANSACTION)
        .time(Instant.parse("2026-11-21T10:15:30.123456Z"))
        .received(Instant.parse("2026-11-21T10:15:31Z"))
        .level(Level.FATAL)
        .title("IllegalStateException: no card")
        .message("payment failed")
        .logger("shop.checkout")
        .platform("java")
        .host("web-3")
        .environment("production")
        .release("shop@4.2.0")
        .culprit("com.shop.Checkout.pay")
        .durationMillis(812.25)
        .request(
            new Request(
                "POST",
                "https://shop.example/pay",
                500,
                List.of(new Pair("A", "1"), new Pair("A", "2")),
                List.of(new Pair("c", "")),
                List.of(new Pair("q", "x")),
                List.of(new Pair("f", "y")),
                List.of(new Pair("REMOTE_ADDR", "10.0.0.1")),
                Json.array(List.of(Json.bool(true)))))
        .user(
            new User(
                "17", "ada", "ada@example.org", "10.0.0.1", Json.object("plan", Json.text("gold"))))
        .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
        .tags(tags)
        .exceptions(List.of(surfaced, ExceptionInfo.of("IOException", "reset", List.of())))
        .breadcrumbs(
            List.of(
                new Breadcrumb(
                    Instant.parse("2026-11-21T10:15:29Z"),
                    "http",
                    "fetch",
                    Level.INFO,
                    "GET /cart",
                    Json.object("status", Json.number(200)))))
        .contexts(Json.object("runtime", Json.object("name", Json.text("OpenJDK"))))
        .extra(Json.object("huge", new Json.Num("123456789012345678901234567890.125")))
        .clientFingerprint(List.of("{{ default }}", "pay"))
        .fingerprint(new Fingerprint(1, -1L, 2L))
        .variants(List.of(new Fingerprint(2, 7, -8), new Fingerprint(1, 9, 10)))
        .weight(12)
        .marks(List.of(new Mark("message", Mark.Change.TRUNCATED, "9000 chars")))
        .build();
  }

  static Event bare() {
    return Event.builder(new EventId(1, 2), new ProjectId(1))
        .title("x")
        .time(Instant.parse("2026-11-21T10:15:30Z"))
        .received(Instant.parse("2026-11-21T10:15:30Z"))
        .fingerprint(new Fingerprint(1, 3, 4))
        .build();
  }
}
