package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Breadcrumb;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Level;
import io.levee.event.Mark;
import io.levee.event.Pair;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import io.levee.event.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScrubTest {
  private static final long SEED = 20261121;

  private final Scrub scrub = new Scrub(ScrubRules.DEFAULT);
  private final List<String> planted = new ArrayList<>();
  private final Random random = new Random(SEED);

  /** A secret nobody can guess, remembered to be looked for. */
  private String secret() {
    String secret = "s3kr1t" + Long.toHexString(random.nextLong());
    planted.add(secret);
    return secret;
  }

  private String card() {
    planted.add("4111111111111111");
    return "4111111111111111";
  }

  private String webToken() {
    String token = "eyJhbGciOiJIUzI1NiJ9." + secret() + "." + secret();
    return token;
  }

  private EventBuilder event() {
    return Event.builder(new EventId(1, 2), new ProjectId(1))
        .time(Instant.parse("2026-11-21T10:15:30Z"))
        .received(Instant.parse("2026-11-21T10:15:30Z"));
  }

  private Event plantedEverywhere() {
    return event()
        .title("login failed: password=" + secret())
        .message("sent Bearer " + secret() + " and card " + card())
        .logger("shop?token=" + secret())
        .culprit("GET /reset?token=" + secret())
        .traceId("token=" + secret())
        .request(request())
        .user(new User("17", webToken(), null, null, Json.object("apiKey", Json.text(secret()))))
        .tags(tags())
        .exceptions(List.of(exception(), ExceptionInfo.of("E", "Basic " + secret(), List.of())))
        .breadcrumbs(List.of(breadcrumb()))
        .contexts(contexts())
        .extra(extra())
        .clientFingerprint(List.of("secret=" + secret()))
        .build();
  }

  private Request request() {
    return new Request(
        "POST",
        "https://ada:" + secret() + "@shop.example/pay?step=2&access_token=" + secret(),
        500,
        List.of(
            new Pair("Authorization", "Digest " + secret()),
            new Pair("cookie", "sid=" + secret()),
            new Pair("X-Api-Key", secret()),
            new Pair("Referer", "https://shop.example/?token=" + secret()),
            new Pair("X-Forwarded", "Bearer " + secret())),
        List.of(new Pair("PHPSESSID", secret()), new Pair("session", secret())),
        List.of(new Pair("token", secret())),
        List.of(new Pair("user[password]", secret()), new Pair("cvv", secret())),
        List.of(new Pair("HTTP_AUTHORIZATION", secret()), new Pair("DB_PASS", secret())),
        Json.text("{\"order\":1,\"password\":\"" + secret() + "\",\"card\":\"" + card() + "\"}"));
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("region", "eu");
    tags.put("csrf-token", secret());
    tags.put("dsn", "redis://:" + secret() + "@cache:6379");
    return tags;
  }

  private ExceptionInfo exception() {
    Map<String, Json> vars = new LinkedHashMap<>();
    vars.put("password", Json.text(secret()));
    vars.put("config", Json.object("clientSecret", Json.text(secret())));
    vars.put("args", Json.array(List.of(Json.text("jwt=" + secret()), Json.text(webToken()))));
    vars.put("credentials", Json.array(List.of(Json.text(secret()))));
    vars.put("number", new Json.Num(card()));
    Frame frame =
        new Frame(
            "login",
            "shop",
            "app.js?token=" + secret(),
            "https://shop.example/app.js?token=" + secret(),
            1,
            1,
            true,
            "login('ada', password = '" + secret() + "');",
            List.of("apiKey: \"" + secret() + "\","),
            List.of("const k = '-----BEGIN PRIVATE KEY-----" + secret() + "';"),
            Json.object(vars),
            Json.object("auth", Json.text(secret())));
    return new ExceptionInfo(
        "LoginError",
        "no user for {\"token\":\"" + secret() + "\"}",
        null,
        null,
        Json.object("data", Json.object("secret", Json.text(secret()))),
        List.of(frame),
        Json.object("passphrase", Json.text(secret())));
  }

  private Breadcrumb breadcrumb() {
    Map<String, Json> data = new LinkedHashMap<>();
    data.put("url", Json.text("https://shop.example/a?api_key=" + secret()));
    data.put("body", Json.text("user=ada&passwd=" + secret()));
    return new Breadcrumb(
        null, "http", "fetch", Level.INFO, "Authorization: Token " + secret(), Json.object(data));
  }

  private Json.Obj contexts() {
    Json pair = Json.object(Map.of("key", Json.text("Password"), "value", Json.text(secret())));
    return Json.object(
        Map.of(
            "headers",
                Json.array(List.of(Json.array(List.of(Json.text("Cookie"), Json.text(secret()))))),
            "form", Json.array(List.of(pair))));
  }

  private Json.Obj extra() {
    return Json.object(
        Map.of(
            "cookies", Json.object("anything", Json.text(secret())),
            "dump", Json.text("{\\\"pwd\\\":\\\"" + secret() + "\\\"}"),
            "ssn", Json.number(Integer.MAX_VALUE - 7)));
  }

  @Test
  void noPlantedSecretReachesTheDisk() {
    Event dirty = plantedEverywhere();

    String clean = new String(CanonicalJson.write(scrub.apply(dirty)), StandardCharsets.UTF_8);

    assertThat(planted).as("seed %s", SEED).hasSizeGreaterThan(40);
    assertThat(clean).doesNotContain(planted).doesNotContain("2147483640");
  }

  @Test
  void withoutRulesEverySecretSurvives() {
    Event dirty = plantedEverywhere();

    Event passed = new Scrub(ScrubRules.NONE).apply(dirty);

    assertThat(passed).isSameAs(dirty);
    String written = new String(CanonicalJson.write(passed), StandardCharsets.UTF_8);
    assertThat(written).contains(planted);
  }

  @Test
  void marksSayWhereAndNeverWhat() {
    Event clean = scrub.apply(plantedEverywhere());

    assertThat(clean.marks())
        .allMatch(mark -> mark.change() == Mark.Change.SCRUBBED && mark.detail() == null)
        .extracting(Mark::field)
        .contains(
            "title",
            "request.headers.Authorization",
            "request.url",
            "exceptions[0].frames[0].vars.config.clientSecret",
            "breadcrumbs[0].data.url",
            "extra.cookies");
  }

  @Test
  void boundsTheMarks() {
    Map<String, Json> many = new LinkedHashMap<>();
    for (int i = 0; i < 500; i++) {
      many.put("password" + i, Json.text("x"));
    }

    List<Mark> marks = scrub.apply(event().extra(Json.object(many)).build()).marks();

    assertThat(marks).hasSize(101);
    assertThat(marks.getLast())
        .isEqualTo(new Mark("marks", Mark.Change.SCRUBBED, "400 more changes"));
  }

  @Test
  void givesBackTheSameInstanceWhenClean() {
    Event clean =
        event()
            .title("order 17 failed for author ada")
            .tags(Map.of("token_count", "12"))
            .extra(Json.object("password", Json.bool(true)))
            .build();

    assertThat(scrub.apply(clean)).isSameAs(clean);
  }

  @Test
  void isIdempotent() {
    Event once = scrub.apply(plantedEverywhere());

    assertThat(scrub.apply(once)).isSameAs(once);
  }
}
