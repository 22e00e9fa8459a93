package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.accept.Limit;
import io.levee.engine.accept.Limits;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.registry.Sender;
import io.levee.event.Breadcrumb;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Level;
import io.levee.event.Mark;
import io.levee.event.Pair;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import io.levee.event.User;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
  private static final EventId ID = new EventId(0x1234L << 48, 77);
  private static final List<String> HOSTILE =
      List.of("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x");

  private final World world = new World(new ManualClock(NOW), 7);
  private final Console console = new Console(world.ports());

  private PageResponse get(String address) {
    int mark = address.indexOf('?');
    Map<String, List<String>> query = new HashMap<>();
    if (mark >= 0) {
      for (String pair : address.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(pair.substring(0, equals), List.of(pair.substring(equals + 1)));
      }
    }
    String path = mark < 0 ? address : address.substring(0, mark);
    return console.handle(new PageRequest("GET", path, query, Map.of(), Map.of()));
  }

  private static String text(PageResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private PageResponse post(String path, Map<String, List<String>> form, Map<String, String> head) {
    return console.handle(new PageRequest("POST", path, Map.of(), form, head));
  }

  private Event event(String title) {
    return Event.builder(ID, world.shop.id())
        .time(NOW.minusSeconds(60))
        .received(NOW.minusSeconds(59))
        .title(title)
        .fingerprint(new Fingerprint(1, 5, 6))
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/shop/issues",
        "/p/shop/issues?status=any&level=error&sort=events&range=7d",
        "/p/shop/issues?q=payment",
        "/p/shop/issues/1",
        "/p/shop/issues/1?event=oldest",
        "/p/shop/search",
        "/p/shop/search?q=level:error&range=7d",
        "/p/shop/search?q=nothingislikethis",
        "/p/shop/connect",
        "/p/shop/ledger",
        "/p/shop/ledger?range=90d&key=5eed0000",
        "/p/new-app/ledger",
        "/p/shop/settings",
        "/p/shop/settings?of=5eed0000",
        "/p/new-app/issues",
        "/p/shop/suggest?word=env",
        "/p/shop/suggest?word=level:e",
        "/pipeline",
        "/pipeline/issue",
        "/pipeline/archive"
      })
  void rendersEveryPage(String address) {
    world.add(new Stories(new Random(1), NOW).shop(world.shop.id(), 30));

    PageResponse response = get(address);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(text(response)).isNotBlank().doesNotContain("style=\"").doesNotContain(" onclick");
  }

  private static final Map<String, String> FROM_OUR_PAGE = Map.of("Sec-Fetch-Site", "same-origin");

  private static LedgerEntry line(String key, Outcome outcome, String reason, long quantity) {
    return new LedgerEntry(
        new ProjectId(1), key, NOW.minusSeconds(600), outcome, "error", reason, quantity);
  }

  @Test
  void saysOnEveryPageOfAProjectWhatWasDroppedLately() {
    world.ledger.add(
        List.of(
            line("aaaaaaaa", Outcome.THROTTLED, "project events per minute", 1_234),
            line("aaaaaaaa", Outcome.REFUSED, "not yet supported", 50),
            line("aaaaaaaa", Outcome.SAMPLED_OUT, "burst", 7)));

    for (String page : List.of("issues", "search", "ledger", "settings", "connect")) {
      assertThat(text(get("/p/shop/" + page)))
          .contains("<strong>1,234 items</strong> of this project dropped in the last hour")
          .contains("throttled: project events per minute (1,234)")
          .contains("/p/shop/ledger?range=1h");
    }
    assertThat(text(get("/p/storefront/issues"))).doesNotContain("dropped in the last hour");
    assertThat(text(get("/pipeline"))).doesNotContain("dropped in the last hour");
  }

  @Test
  void theLedgersNumbersAddUpAndCanBeOfOneKey() {
    world.ledger.add(
        List.of(
            line("aaaaaaaa", Outcome.ACCEPTED, "", 100),
            line("aaaaaaaa", Outcome.THROTTLED, "project events per minute", 20),
            line("bbbbbbbb", Outcome.DUPLICATE, "", 3),
            line("bbbbbbbb", Outcome.CLIENT_DROPPED, "queue overflow", 9)));

    String all = text(get("/p/shop/ledger?range=24h"));
    String one = text(get("/p/shop/ledger?range=24h&key=bbbbbbbb"));

    assertThat(all).contains("<span class=\"words\">received</span><strong>123</strong>");
    assertThat(all).contains("dropped <strong>9</strong>").contains("value=\"aaaaaaaa\"");
    assertThat(one).contains("<span class=\"words\">received</span><strong>3</strong>");
    assertThat(text(get("/p/storefront/ledger"))).contains("Nothing was sent in this time.");
  }

  @Test
  void settingsChangeOnlyFromOurOwnPage() {
    Map<String, List<String>> form =
        Map.of("name", List.of("New name"), "retention-days", List.of("7"));

    assertThat(post("/p/shop/settings", form, Map.of()).status()).isEqualTo(403);
    assertThat(world.registry.projectBySlug("shop").orElseThrow().retentionDays()).isEqualTo(90);
    assertThat(post("/p/shop/settings", form, FROM_OUR_PAGE).status()).isEqualTo(303);

    assertThat(world.registry.projectBySlug("shop").orElseThrow().name()).isEqualTo("New name");
    assertThat(world.registry.projectBySlug("shop").orElseThrow().retentionDays()).isEqualTo(7);
    for (String days : List.of("0", "4000", "x", "")) {
      PageResponse wrong =
          post(
              "/p/shop/settings",
              Map.of("name", List.of("x"), "retention-days", List.of(days)),
              FROM_OUR_PAGE);
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(text(wrong)).contains("Nothing was changed.");
    }
  }

  @Test
  void limitsAreSetForProjectAndKeyApart() {
    post(
        "/p/shop/settings/limits", Map.of("events_per_month", List.of("1,000,000")), FROM_OUR_PAGE);
    post(
        "/p/shop/settings/limits",
        Map.of("of", List.of("5eed0000"), "requests_at_once", List.of("3")),
        FROM_OUR_PAGE);

    Sender key = new Sender(world.shop.id(), "5eed0000");
    assertThat(world.budgets.limits(Sender.unknownKey(world.shop.id())))
        .isEqualTo(Limits.NONE.with(Limit.EVENTS_PER_MONTH, 1_000_000L));
    assertThat(world.budgets.limits(key)).isEqualTo(Limits.NONE.with(Limit.REQUESTS_AT_ONCE, 3L));
    PageResponse wrong =
        post("/p/shop/settings/limits", Map.of("events_per_hour", List.of("<b>")), FROM_OUR_PAGE);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(text(wrong)).contains("&lt;b&gt;").doesNotContain("<b>");
    assertThat(text(get("/p/shop/settings"))).contains("value=\"1000000\"").contains("Copy DSN");
  }

  @Test
  void addsAKeyThatMaySend() {
    int before = world.registry.keys(world.shop.id()).size();

    post("/p/shop/settings/keys", Map.of(), FROM_OUR_PAGE);

    assertThat(world.registry.keys(world.shop.id())).hasSize(before + 1);
    assertThat(world.registry.keys(world.shop.id()).getLast().mayOnlySend()).isTrue();
    assertThat(post("/p/shop/settings/nothing", Map.of(), FROM_OUR_PAGE).status()).isEqualTo(404);
  }

  @Test
  void leadsFromTheRootToTheFirstProject() {
    assertThat(get("/").headers()).containsEntry("Location", "/p/shop/issues");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/nothing/issues",
        "/p/shop/ledger/x",
        "/p/shop/settings/x",
        "/p/shop/nothing",
        "/p/shop/issues/99999",
        "/p/shop/issues/x",
        "/p/shop/events/zz",
        "/p/shop/issues/1/x/y",
        "/pipeline/nobody",
        "/assets/console.0.js"
      })
  void saysNotFound(String address) {
    assertThat(get(address).status()).isEqualTo(404);
  }

  @Test
  void hidesEventsOfOtherProjects() {
    world.add(List.of(event("mine")));

    assertThat(get("/p/shop/events/" + ID).status()).isEqualTo(200);
    assertThat(get("/p/storefront/events/" + ID).status()).isEqualTo(404);
    assertThat(get("/p/storefront/issues/1").status()).isEqualTo(404);
  }

  @Test
  void escapesWhatClientsSend() {
    String bad = String.join(" ", HOSTILE);
    Json.Obj json =
        Json.object(Map.of(bad, Json.text(bad), "nested", Json.object(bad, Json.text(bad))));
    Frame frame =
        new Frame(bad, bad, bad, bad, 3, 4, true, bad, List.of(bad), List.of(bad), json, json);
    world.add(
        List.of(
            event(bad).toBuilder()
                .message(bad)
                .logger(bad)
                .host(bad)
                .environment(bad)
                .release(bad)
                .culprit(bad)
                .platform(bad)
                .traceId(bad)
                .tags(Map.of("k" + bad, bad))
                .exceptions(
                    List.of(new ExceptionInfo(bad, bad, bad, true, json, List.of(frame), json)))
                .breadcrumbs(List.of(new Breadcrumb(NOW, bad, bad, Level.INFO, bad, json)))
                .request(
                    new Request(
                        bad,
                        "javascript:" + bad,
                        500,
                        List.of(new Pair(bad, bad)),
                        List.of(new Pair(bad, bad)),
                        List.of(new Pair(bad, bad)),
                        List.of(),
                        List.of(),
                        json))
                .user(new User(bad, bad, bad, bad, json))
                .contexts(json)
                .extra(json)
                .mark(new Mark(bad, Mark.Change.TRUNCATED, bad))
                .build()));

    for (String address :
        List.of(
            "/p/shop/issues",
            "/p/shop/issues/1",
            "/p/shop/search",
            "/p/shop/events/" + ID,
            "/p/shop/events/" + ID + "/glance",
            "/p/shop/events/" + ID + "/raw",
            "/p/shop/suggest?word=host:",
            "/p/shop/issues?q=" + bad,
            "/p/shop/search?q=" + bad,
            "/p/shop/issues?environment=" + bad + "&sort=" + bad)) {
      assertThat(text(get(address)))
          .as(address)
          .doesNotContain("<script>alert")
          .doesNotContain("<img")
          .doesNotContain("href=\"javascript:");
    }
  }

  @Test
  void sendsSecurityHeadersWithEveryAnswer() {
    for (String address : List.of("/", "/p/shop/issues", "/nowhere", "/assets/none.js")) {
      Map<String, String> headers = get(address).headers();

      assertThat(headers.get("Content-Security-Policy"))
          .startsWith("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers).containsEntry("X-Content-Type-Options", "nosniff");
      assertThat(headers).containsEntry("Referrer-Policy", "same-origin");
    }
  }

  @Test
  void refusesPostsThatNoPageOfOursSent() {
    world.add(List.of(event("boom")));
    Map<String, List<String>> form = Map.of("id", List.of("1"), "to", List.of("resolved"));

    List<Map<String, String>> strangers =
        List.of(
            Map.of(),
            Map.of("Sec-Fetch-Site", "cross-site"),
            Map.of("Sec-Fetch-Site", "same-site"),
            Map.of("Origin", "https://evil.example", "Host", "127.0.0.1:7575"),
            Map.of("Origin", "null", "Host", "127.0.0.1:7575"));

    for (Map<String, String> head : strangers) {
      assertThat(post("/p/shop/issues/status", form, head).status()).isEqualTo(403);
    }
    assertThat(status()).isEqualTo(IssueStatus.UNRESOLVED);
  }

  private IssueStatus status() {
    return world
        .issues
        .list(IssueFilter.all(ProjectScope.of(world.shop.id()), 10))
        .issues()
        .getFirst()
        .status();
  }

  @Test
  void resolvesInBulkAndReturnsToTheList() {
    world.add(List.of(event("boom")));
    Map<String, List<String>> form = Map.of("id", List.of("1"), "to", List.of("resolved"));

    PageResponse response =
        post(
            "/p/shop/issues/status",
            form,
            Map.of("Origin", "http://127.0.0.1:7575", "Host", "127.0.0.1:7575"));

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers()).containsEntry("Location", "/p/shop/issues?undo=1");
    assertThat(status()).isEqualTo(IssueStatus.RESOLVED);
  }

  @Test
  void refusesUnknownStatusesAndIds() {
    Map<String, String> ours = Map.of("Sec-Fetch-Site", "same-origin");

    assertThat(post("/p/shop/issues/status", Map.of("to", List.of("gone")), ours).status())
        .isEqualTo(400);
    assertThat(
            post(
                    "/p/shop/issues/status",
                    Map.of("to", List.of("resolved"), "id", List.of("1 OR 1")),
                    ours)
                .status())
        .isEqualTo(400);
  }

  @Test
  void answersTheListAloneToHtmx() {
    world.add(List.of(event("boom")));

    PageResponse response =
        console.handle(
            new PageRequest(
                "GET", "/p/shop/issues", Map.of(), Map.of(), Map.of("HX-Request", "true")));

    assertThat(text(response)).contains("id=\"issue-list\"").doesNotContain("<html");
  }

  @Test
  void turnsTheConnectPageIntoTheListWithTheFirstEvent() {
    assertThat(text(get("/p/shop/issues"))).contains("Waiting for the first event");
    assertThat(get("/p/shop/arrived").status()).isEqualTo(204);

    world.add(List.of(event("first")));

    assertThat(get("/p/shop/arrived").headers()).containsEntry("HX-Redirect", "/p/shop/issues");
    assertThat(text(get("/p/shop/issues"))).contains("first").doesNotContain("Waiting for");
  }

  @Test
  void showsTheDsnInEveryLanguage() {
    String page = text(get("/p/new-app/connect"));

    String dsn = "http://5eed0002" + "000000000000000000000002@127.0.0.1:7575/3";
    assertThat(page).contains(dsn);
    assertThat(page)
        .contains("JavaScript", "Node", "Java", "logback", "Python", ".NET", "Go", "PHP", "Ruby")
        .contains("/api/3/store/?sentry_key=");
  }

  @Test
  void showsWhereAQueryIsWrong() {
    world.add(List.of(event("boom")));

    PageResponse response = get("/p/shop/search?q=level:error AND (");

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("role=\"alert\"").contains("at position");
  }

  @Test
  void keepsTheThemeOfTheCookie() {
    PageRequest dark =
        new PageRequest(
            "GET", "/pipeline", Map.of(), Map.of(), Map.of("Cookie", "a=b; levee-theme=dark"));

    assertThat(text(console.handle(dark))).contains("data-theme=\"dark\"");
    assertThat(text(get("/pipeline"))).contains("data-theme=\"auto\"");
  }

  @Test
  void servesAssetsForEverUnderTheirHash() {
    List<String> paths = assetsOf(text(get("/pipeline")));
    assertThat(paths).hasSize(3);

    for (String path : paths) {
      PageResponse response = get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers().get("Cache-Control")).contains("immutable");
      String etag = response.headers().getOrDefault("ETag", "");
      assertThat(path).contains(etag.replace("\"", ""));
      PageRequest again =
          new PageRequest("GET", path, Map.of(), Map.of(), Map.of("If-None-Match", etag));
      assertThat(console.handle(again).status()).isEqualTo(304);
    }
  }

  @Test
  void needsFourRequestsAndLessThanAHundredKilobytes() {
    world.populate();

    for (String address :
        List.of(
            "/p/shop/issues?status=any",
            "/p/shop/issues/1",
            "/p/shop/search?range=14d",
            "/pipeline",
            "/p/shop/connect")) {
      byte[] page = get(address).body();
      List<String> paths = assetsOf(new String(page, StandardCharsets.UTF_8));
      int bytes = Assets.gzip(page).length;
      for (String path : paths) {
        bytes += Assets.gzip(get(path).body()).length;
      }
      assertThat(1 + paths.size()).as(address).isLessThanOrEqualTo(4);
      assertThat(bytes).as(address).isLessThan(100_000);
    }
  }

  private static List<String> assetsOf(String html) {
    Matcher links = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(html);
    return links.results().map(found -> found.group(1)).distinct().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/p/shop/search?after=nonsense", "/p/shop/issues?after=nonsense"})
  void refusesAPageMarkThatIsNotOurs(String address) {
    assertThat(get(address).status()).isEqualTo(400);
  }

  @Test
  void survivesTimesBeyondTheCalendar() {
    assertThat(get("/p/shop/search?from=999999999999999").status()).isEqualTo(200);
    assertThat(get("/p/shop/search?from=-1000000000-01-01T00:00:00Z").status()).isEqualTo(200);
  }

  @Test
  void answersOtherMethodsWith405() {
    PageRequest delete = new PageRequest("DELETE", "/pipeline", Map.of(), Map.of(), Map.of());

    assertThat(console.handle(delete).status()).isEqualTo(405);
  }

  @Test
  void discardsADeadLetter() {
    world.populate();

    PageResponse response =
        post(
            "/pipeline/issue/discard",
            Map.of("id", List.of("1")),
            Map.of("Sec-Fetch-Site", "same-origin"));

    assertThat(response.status()).isEqualTo(303);
    assertThat(world.deadLetters.tallies()).isEmpty();
  }

  @Test
  void showsADeadLetterWithItsCauseStackAndEvent() {
    world.populate();

    assertThat(text(get("/pipeline/issue/1")))
        .contains("longer than the column")
        .contains("IssueWriter.java:88")
        .contains("\"id\": ");
    assertThat(get("/pipeline/index/1").status()).isEqualTo(404);
    assertThat(get("/pipeline/issue/99").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "all"})
  void replaysDeadLetters(String id) {
    world.populate();

    PageResponse response =
        post(
            "/pipeline/issue/replay",
            Map.of("id", List.of(id)),
            Map.of("Sec-Fetch-Site", "same-origin"));

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers().get("Location")).contains("1+delivered+again");
    assertThat(world.deadLetters.tallies()).isEmpty();
  }
}
