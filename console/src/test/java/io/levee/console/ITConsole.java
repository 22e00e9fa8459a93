package io.levee.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.levee.engine.bus.Delivery;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser: Chromium, driven by Playwright. */
final class ITConsole {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("LEVEE_CHROMIUM", "/usr/bin/chromium"));

  private static final double PATIENCE_MILLIS = 30_000;

  private static Playwright playwright;
  private static Browser browser;

  private final World world = new World(Clock.systemUTC(), 7).populate();
  private final List<String> complaints = new ArrayList<>();
  private DevServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void launch() {
    boolean required = "1".equals(System.getenv("LEVEE_REQUIRE_BROWSER"));
    assumeTrue(required || Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
    // Another module's tests may run beside this one.
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = new DevServer(new Console(world.ports()), 0);
    show(1280, 900);
  }

  private void show(int width, int height) {
    if (context != null) {
      context.close();
    }
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setBaseURL("http://127.0.0.1:" + server.port()));
    page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !message.text().contains("status of 4")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    context.close();
    world.tail.end();
    server.close();
    assertThat(complaints).as("what the browser complained of, CSP included").isEmpty();
  }

  @Test
  void walksTheListByKeyboard() {
    page.navigate("/p/shop/issues");
    page.keyboard().press("j");
    page.keyboard().press("j");

    assertThat(page.locator("tbody tr").nth(1)).hasClass(Pattern.compile("cursor"));

    page.keyboard().press("k");
    page.keyboard().press("Enter");

    assertThat(page).hasURL(Pattern.compile("/p/shop/issues/\\d+$"));
    assertThat(page.locator("h1")).isVisible();
  }

  @Test
  void resolvesInBulkByKeyboard() {
    page.navigate("/p/shop/issues");
    Locator rows = page.locator("tbody tr");
    int before = rows.count();
    page.keyboard().press("j");
    page.keyboard().press("x");
    page.keyboard().press("j");
    page.keyboard().press("x");
    assertThat(page.locator("[data-selected]")).hasText("2 selected");

    page.keyboard().press("e");

    assertThat(rows).hasCount(before - 2);
    assertThat(page.locator("#toast")).hasText("2 issues now resolved.");
    page.locator(".tabs a").nth(1).click();
    assertThat(rows).hasCount(2);
  }

  @Test
  void zoomsTheHistogramByDragging() {
    page.navigate("/p/shop/search?range=7d");
    BoundingBox box = page.locator("svg.area").boundingBox();
    page.mouse().move(box.x + box.width * 0.25, box.y + 40);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.5, box.y + 40);
    page.mouse().up();

    page.waitForURL(Pattern.compile("from=\\d+&to=\\d+"));
    assertThat(page.locator(".zoomed")).containsText("UTC");
    assertThat(page.locator("select[name=range]")).hasValue("");
  }

  @Test
  void completesFieldsAndValues() {
    page.navigate("/p/shop/search");
    page.keyboard().press("/");
    page.keyboard().type("env");
    assertThat(page.locator("[role=option]").first()).containsText("environment:");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    assertThat(page.locator("[role=option] span").first()).hasText("production");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");

    assertThat(page.locator("input[name=q]")).hasValue("environment:production ");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("q=environment"));
  }

  @Test
  void unfoldsAResultWhereItStands() {
    page.navigate("/p/shop/search?range=7d&q=kind:error");
    page.locator(".result summary").first().click();

    assertThat(page.locator(".result .glance-body").first()).containsText("Environment");
  }

  @Test
  void showsMoreResultsOnTheSamePage() {
    page.navigate("/p/shop/search?range=14d");
    assertThat(page.locator(".result")).hasCount(50);
    page.locator(".more a").click();

    assertThat(page.locator(".result")).hasCount(100);
    assertThat(page.locator(".more a")).containsText("Showing 100 of");
  }

  @Test
  void switchesAndKeepsTheTheme() {
    page.navigate("/p/shop/issues");
    page.keyboard().press("t");
    page.keyboard().press("t");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

    page.reload();

    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void helpsWithTheKeyboard() {
    page.navigate("/p/shop/issues");
    page.keyboard().press("?");
    assertThat(page.locator("#help")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#help")).not().isVisible();
    page.keyboard().press("g");
    page.keyboard().press("p");
    assertThat(page).hasURL(Pattern.compile("/pipeline$"));
  }

  @Test
  void turnsTheConnectPageIntoTheListByItself() {
    page.navigate("/p/new-app/issues");
    assertThat(page.locator(".waiting")).isVisible();
    page.locator("label", new Page.LocatorOptions().setHasText("Python")).click();
    assertThat(page.locator(".panel:visible")).containsText("sentry_sdk.init");

    world.add(new Stories(new Random(3), Clock.systemUTC().instant()).shop(world.empty.id(), 1));

    assertThat(page.locator("table.issues tbody tr")).hasCount(1);
  }

  @Test
  void stepsThroughTheEventsOfAnIssue() {
    page.navigate("/p/shop/issues/1");
    String latest = page.locator(".event-nav code").textContent();
    page.keyboard().press("[");
    page.waitForURL(Pattern.compile("event="));
    assertThat(page.locator(".event-nav code")).not().hasText(latest);
    page.keyboard().press("]");
    assertThat(page.locator(".event-nav code")).hasText(latest);
    page.locator("summary", new Page.LocatorOptions().setHasText("JSON")).click();
    assertThat(page.locator("#raw-json")).containsText("\"exceptions\"");
  }

  private static final List<String> PAGES =
      List.of(
          "/p/shop/issues",
          "/p/shop/issues?q=nothingislikethis&level=error",
          "/p/shop/issues/1",
          "/p/shop/search?range=7d",
          "/p/shop/search?q=level:(",
          "/p/shop/search?q=nothingislikethis",
          "/pipeline",
          "/pipeline/issue",
          "/p/new-app/issues",
          "/p/shop/none",
          "/p/shop/ledger",
          "/p/shop/settings",
          "/p/shop/explore?range=7d",
          "/p/shop/explore?range=7d&q=ERROR+%7C+stats+count+by+date_hour",
          "/p/shop/explore?range=7d&q=*+%7C+timechart+count+by+level",
          "/p/shop/explore?range=7d&q=*+%7C+timechart+count+by+level&view=heat",
          "/p/shop/explore?range=7d&q=*+%7C+top+type&view=pie",
          "/p/shop/explore?range=7d&q=*+%7C+patterns",
          "/p/shop/explore?range=7d&q=*+%7C+stats+count,+p95(duration)",
          "/p/shop/explore?q=*+%7C+stat+count",
          "/p/shop/explore?q=nothingislikethis",
          "/p/shop/explore/saved");

  /** Words that do not fit into their box, and colours of a legend that nobody sees. */
  private static final String BROKEN_KEYS =
      "[...document.querySelectorAll('.key')].filter(key => key.textContent"
          + " ? key.scrollWidth > key.clientWidth + 1"
          + " : getComputedStyle(key).backgroundColor === 'rgba(0, 0, 0, 0)'"
          + " && getComputedStyle(key).borderTopWidth === '0px')"
          + ".map(key => location.pathname + ' broken: ' + key.outerHTML)";

  /** Every page in one browser context: starting contexts is what takes the time. */
  @ParameterizedTest
  @CsvSource({"1280,light", "390,dark"})
  void isAccessibleAndFits(int width, String theme) {
    show(width, 900);
    page.navigate("/p/shop/none");
    page.evaluate("theme => document.cookie = 'levee-theme=' + theme + '; path=/'", theme);
    List<Object> wrong = new ArrayList<>();
    for (String address : PAGES) {
      page.navigate(address);
      page.waitForFunction("() => !document.querySelector('[aria-busy] .skeleton')");
      Object overflow =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (((Number) overflow).intValue() > 0) {
        wrong.add(address + " is too wide by " + overflow);
      }
      wrong.addAll((List<?>) page.evaluate(BROKEN_KEYS));
      wrong.addAll((List<?>) violations());
    }

    assertThat(wrong).isEmpty();
  }

  private Object violations() {
    page.evaluate(axe());
    return page.evaluate(
        "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
            + " 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload:"
            + " false})).violations.filter(v => v.impact !== 'minor')"
            + ".map(v => location.pathname + ' ' + v.id + ': ' + v.nodes.slice(0, 4).map(n =>"
            + " n.html.slice(0, 160) + ' ' + n.failureSummary.slice(0, 260)).join('\\n'))");
  }

  @Test
  void goesAnywhereFromThePalette() {
    page.navigate("/p/shop/search?q=level:error");
    page.navigate("/pipeline");
    page.keyboard().press("Control+k");
    Locator options = page.locator("#palette [role=option]");
    assertThat(options.first()).containsText("level:error");
    page.keyboard().type("#1");
    assertThat(options.first()).containsText("#1 ");
    assertThat(violations()).isEqualTo(List.of());

    page.keyboard().press("Enter");

    assertThat(page).hasURL(Pattern.compile("/p/shop/issues/1$"));
  }

  @Test
  void saysWhatABarHoldsAndZoomsByKeyboard() {
    page.navigate("/p/shop/search?range=7d");
    Locator caption = page.locator("figcaption").first();
    assertThat(caption).containsText("events per");
    page.locator("svg.area").hover();
    assertThat(caption).containsText(Pattern.compile("UTC \\+ .* · .* events?"));
    page.mouse().move(10, 10);
    assertThat(caption).containsText("events per");

    page.locator(".plot").focus();
    page.keyboard().press("ArrowLeft");
    assertThat(caption).containsText(" · ");
    page.keyboard().press("Enter");

    page.waitForURL(Pattern.compile("from=\\d+&to=\\d+"));
  }

  @Test
  void switchesTimesAndKeepsThemSo() {
    page.navigate("/p/shop/issues");
    Locator time = page.locator("td.c-time time").last();
    assertThat(time).containsText("ago");
    page.keyboard().press("a");
    assertThat(time).containsText(Pattern.compile("\\d+ \\w+ \\d\\d:\\d\\d"));

    page.reload();

    assertThat(time).containsText(Pattern.compile("\\d+ \\w+ \\d\\d:\\d\\d"));
  }

  @Test
  void offersWhatIsNewWithoutMovingAnything() {
    page.clock().install();
    page.navigate("/p/shop/issues");
    List<String> before = page.locator("tbody tr strong").allTextContents();
    world.add(new Stories(new Random(5), Clock.systemUTC().instant()).shop(world.shop.id(), 9));
    page.clock().runFor(11_000);
    Locator offer = page.locator("[data-news] button");
    assertThat(offer).hasText(Pattern.compile("\\d+ new events?: show"));
    assertThat(page.locator("tbody tr strong").allTextContents()).isEqualTo(before);

    page.keyboard().press("n");

    assertThat(offer).hasCount(0);
  }

  @Test
  void savesAndForgetsAView() {
    page.navigate("/p/shop/issues?level=error");
    page.locator("[data-views] summary").click();
    page.locator("[data-views] input").fill("Only errors");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-views] summary")).hasText("Only errors");
    page.navigate("/p/shop/issues");
    page.locator("[data-views] summary").click();
    page.locator("[data-views] li a").click();
    assertThat(page).hasURL(Pattern.compile("level=error"));

    page.locator("[data-views] summary").click();
    page.locator("[data-views] li button").click();

    assertThat(page.locator("[data-views] li")).hasCount(0);
  }

  @Test
  void copiesAnIssueAsMarkdown() {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.navigate("/p/shop/issues/1");
    page.keyboard().press("c");

    assertThat(page.locator("#toast")).hasText("Copied");
    assertThat((String) page.evaluate("navigator.clipboard.readText()"))
        .startsWith("# ")
        .contains("## Stack trace");
  }

  private static String axe() {
    try (InputStream in = ITConsole.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("axe.min.js", e);
    }
  }

  @Test
  void asksCompletesAndDrillsDownOnTheExplorePage() {
    page.navigate("/p/shop/explore?range=7d");
    page.keyboard().press("/");
    page.keyboard().type("kind:error | sta");
    assertThat(page.locator("[role=option]").first()).containsText("stats");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("Enter");
    page.keyboard().type("count by type");
    assertThat(page.locator("textarea")).hasValue("kind:error | stats count by type");
    page.keyboard().press("Enter");

    page.waitForURL(Pattern.compile("q=kind"));
    assertThat(page.locator(".answer table.rank")).isVisible();
    page.locator(".answer .tabs a", new Page.LocatorOptions().setHasText("Table")).click();
    page.waitForURL(Pattern.compile("view=table"));
    page.locator(".answer-table tbody a").first().click();
    assertThat(page.locator("textarea")).hasValue(Pattern.compile("^kind:error type:\\S+$"));
    assertThat(page.locator(".answer .result").first()).isVisible();
  }

  @Test
  void correctsAQuestionByAClick() {
    page.navigate("/p/shop/explore?range=7d&q=*+%7C+stat+count");
    assertThat(page.locator(".query-error mark")).hasText("stat");
    page.locator(".query-error a").click();

    assertThat(page.locator(".big-numbers dd")).hasText(Pattern.compile("[\\d,]+"));
  }

  @Test
  void zoomsIntoTheAnswer() {
    page.navigate("/p/shop/explore?range=7d&q=earliest=-7d+%7C+timechart+count");
    page.locator(".answer .plot").focus();
    page.keyboard().press("ArrowLeft");
    assertThat(page.locator(".answer figcaption")).containsText("count:");
    page.keyboard().press("Enter");

    page.waitForURL(Pattern.compile("from=\\d+&to=\\d+"));
    assertThat(page.locator("textarea")).hasValue("| timechart count");
  }

  @Test
  void keepsAQuestionAndForgetsIt() {
    page.navigate("/p/shop/explore?range=7d&q=*+%7C+top+type");
    page.locator(".keep summary").click();
    page.locator(".keep input[name=name]").fill("Worst types");
    page.keyboard().press("Enter");
    assertThat(page.locator(".keep summary")).hasText("Worst types");
    page.keyboard().press("Escape");
    page.locator("body").press("Control+k");
    page.keyboard().type("worst");
    assertThat(page.locator("#palette [role=option]").first()).containsText("Worst types");
    page.keyboard().press("Escape");

    page.navigate("/p/shop/explore/saved");
    page.locator("button", new Page.LocatorOptions().setHasText("Delete")).click();
    assertThat(page.locator(".gone")).containsText("Worst types");
    page.locator(".gone button").click();
    page.navigate("/p/shop/explore/saved");
    assertThat(page.locator(".saved-list li")).hasCount(1);
  }

  @Test
  void followsEventsAsTheyPass() {
    page.navigate("/p/shop/explore?live=1");
    assertThat(page.locator("[data-tail-words]")).hasText("Waiting for events");
    page.waitForCondition(() -> world.tail.watchers() == 1);
    Event event =
        new Stories(new Random(9), Clock.systemUTC().instant()).shop(world.shop.id(), 1).getFirst();
    world.index.add(List.of(event));
    world.tail.apply(List.of(new Delivery(0, 1, EventRecord.of(event))));

    assertThat(page.locator("[data-tail-rows] .result")).hasCount(1);
    page.locator("[data-tail-rows] .result summary").click();
    assertThat(page.locator("[data-tail-rows] .glance-body")).isVisible();
    page.locator("[data-tail-rows] a", new Page.LocatorOptions().setHasText("around")).click();
    assertThat(page.locator(".result.here")).hasCount(1);
  }

  @Test
  void makesAtMostFourRequestsAPage() {
    for (String address :
        List.of(
            "/p/shop/issues",
            "/p/shop/issues/1",
            "/p/shop/search",
            "/p/shop/explore",
            "/p/shop/explore?q=*+%7C+patterns",
            "/pipeline")) {
      show(1280, 900);
      List<String> requests = new ArrayList<>();
      page.onRequest(request -> requests.add(request.url()));
      page.navigate(address);

      assertThat(requests).as(address).hasSizeLessThanOrEqualTo(4);
    }
  }
}
