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
import com.microsoft.playwright.options.BoundingBox;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser: Chromium, driven by Playwright. */
final class ITConsole {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("LEVEE_CHROMIUM", "/usr/bin/chromium"));

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
    assertThat(page.locator("dialog")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).not().isVisible();
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/shop/issues",
        "/p/shop/issues/1",
        "/p/shop/search?range=7d",
        "/pipeline",
        "/p/shop/ledger",
        "/p/shop/settings",
        "/pipeline/issue",
        "/p/new-app/issues",
        "/p/shop/none",
        "/p/shop/search?q=level:("
      })
  void fitsAPhone(String address) {
    show(390, 844);
    page.navigate(address);

    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");

    assertThat(((Number) overflow).intValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/p/shop/issues,light",
    "/p/shop/issues,dark",
    "/p/shop/issues/1,light",
    "/p/shop/issues/1,dark",
    "/p/shop/search?range=7d,light",
    "/p/shop/search?range=7d,dark",
    "/p/shop/search?q=level:(,light",
    "/pipeline,light",
    "/pipeline,dark",
    "/pipeline/issue,dark",
    "/p/new-app/issues,light",
    "/p/new-app/issues,dark",
    "/p/shop/none,dark",
    "/p/shop/ledger,light",
    "/p/shop/ledger,dark",
    "/p/shop/settings,light",
    "/p/shop/settings,dark"
  })
  void isAccessible(String address, String theme) {
    page.navigate("/pipeline");
    page.evaluate("theme => document.cookie = 'levee-theme=' + theme + '; path=/'", theme);
    page.navigate(address);
    page.evaluate(axe());

    Object found =
        page.evaluate(
            "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                + " 'wcag22aa', 'best-practice']})).violations.filter(v => v.impact !== 'minor')"
                + ".map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' '"
                + " + n.failureSummary.slice(0, 260)).join('\\n'))");

    assertThat((List<?>) found).isEmpty();
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
  void makesAtMostFourRequestsAPage() {
    for (String address :
        List.of("/p/shop/issues", "/p/shop/issues/1", "/p/shop/search", "/pipeline")) {
      show(1280, 900);
      List<String> requests = new ArrayList<>();
      page.onRequest(request -> requests.add(request.url()));
      page.navigate(address);

      assertThat(requests).as(address).hasSizeLessThanOrEqualTo(4);
    }
  }
}
