package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import io.levee.app.demo.DemoEvent;
import io.levee.app.demo.DemoProject;
import io.levee.app.demo.DemoWeek;
import io.levee.engine.registry.Project;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of every page over the demo's week, light and dark, wide and narrow, for people to look
 * at; {@code make screenshots} runs it. On the way it holds every real page against axe and the
 * width of a telephone.
 */
final class ITScreenshots {
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("LEVEE_CHROMIUM", "/usr/bin/chromium"));
  private static final String AXE =
      "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
          + " 'wcag22aa'], resultTypes: ['violations'], preload: false})).violations.filter(v =>"
          + " v.impact === 'serious' || v.impact ==="
          + " 'critical').map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n =>"
          + " n.html.slice(0, 160)).join(' | '))";

  /** The machine may be busy with something else: that is no fault of the pages. */
  private static final double PATIENCE_MILLIS = 180_000;

  private static final String COMMENT =
      "**Seen it** in the `staging` log, too:\n\n- began with the last deploy\n- only carts with a"
          + " voucher";

  private final List<String> wrong = new ArrayList<>();

  @TempDir private Path data;

  @Test
  void showsEveryPage() throws IOException, InterruptedException {
    String target = System.getProperty("levee.screenshots", "");
    assumeTrue(!target.isEmpty(), "no -Dlevee.screenshots=FOLDER");
    assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium at " + CHROMIUM);
    Path folder = Files.createDirectories(Path.of(target));
    List<FirstStart.NewProject> projects =
        new ArrayList<>(
            DemoProject.ALL.stream()
                .map(one -> new FirstStart.NewProject(one.slug(), one.name()))
                .toList());
    projects.add(new FirstStart.NewProject("new-app", "New app"));
    try (Levee levee = new Levee(Config.on(data).withSampling(0), projects)) {
      levee.start();
      sendWeek(levee);
      photograph(levee.publicUrl().toString(), folder);
    }
    contactSheet(folder);

    assertThat(wrong).isEmpty();
  }

  private static void sendWeek(Levee levee) throws IOException, InterruptedException {
    Map<String, URI> doors = new HashMap<>();
    for (Project project : levee.projects()) {
      String key = FirstStart.clientKey(levee.registry(), project).value();
      String path = "/api/" + project.id() + "/envelope/?sentry_key=" + key;
      doors.put(project.slug(), URI.create(levee.publicUrl() + path));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      Iterator<DemoEvent> week = new DemoWeek(1, Instant.now()).week();
      while (week.hasNext()) {
        DemoEvent event = week.next();
        HttpRequest request =
            HttpRequest.newBuilder(Objects.requireNonNull(doors.get(event.project())))
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.envelope()))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .isEqualTo(200);
      }
    }
  }

  private void photograph(String url, Path folder) throws IOException {
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")))) {
      Map<String, String> pages = pages(browser, url);
      for (int width : new int[] {1280, 390}) {
        for (String theme : new String[] {"light", "dark"}) {
          photograph(browser, url, folder, pages, width, theme);
        }
      }
    }
  }

  private void photograph(
      Browser browser, String url, Path folder, Map<String, String> pages, int width, String theme)
      throws IOException {
    try (BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width == 390 ? 844 : 900)
                .setBaseURL(url))) {
      context.addCookies(List.of(new Cookie("levee-theme", theme).setUrl(url)));
      context.setDefaultTimeout(PATIENCE_MILLIS);
      Page page = context.newPage();
      for (Map.Entry<String, String> one : pages.entrySet()) {
        String name = one.getKey() + "-" + theme + "-" + width;
        page.navigate(one.getValue());
        page.waitForFunction("() => !document.querySelector('[aria-busy] .skeleton')");
        if (one.getKey().equals("palette")) {
          page.keyboard().press("Control+k");
          page.waitForSelector("#palette [role=option]");
        }
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(!one.getKey().equals("palette"))
                .setPath(folder.resolve(name + ".png")));
        judge(page, name);
      }
    }
  }

  private void judge(Page page, String name) throws IOException {
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (((Number) overflow).intValue() > 0) {
      wrong.add(name + " is too wide by " + overflow);
    }
    try (InputStream axe = ITScreenshots.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    ((List<?>) page.evaluate(AXE)).forEach(finding -> wrong.add(name + ": " + finding));
  }

  /** Names and addresses; the issue and the event are those that the lists show first. */
  private static Map<String, String> pages(Browser browser, String url) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("issues", "/p/shop/issues");
    pages.put("issues-none", "/p/shop/issues?q=nothingislikethis");
    pages.put("search", "/p/shop/search?range=7d");
    pages.put("search-none", "/p/shop/search?q=nothingislikethis");
    pages.put("search-misread", "/p/shop/search?q=level:(");
    pages.put("explore", "/p/shop/explore?range=7d");
    pages.put("explore-hours", "/p/shop/explore?range=7d&q=ERROR+%7C+stats+count+by+date_hour");
    pages.put("explore-time", "/p/shop/explore?range=7d&q=*+%7C+timechart+count+by+level");
    pages.put("explore-pie", "/p/shop/explore?range=7d&q=kind:error+%7C+top+type&view=pie");
    pages.put("explore-misread", "/p/shop/explore?q=*+%7C+stat+count");
    pages.put("releases", "/p/shop/releases");
    pages.put("grouping", "/p/shop/grouping");
    pages.put("ledger", "/p/shop/ledger");
    pages.put("settings", "/p/shop/settings");
    pages.put("connect", "/p/new-app/issues");
    pages.put("pipeline", "/pipeline");
    pages.put("letters", "/pipeline/issue");
    pages.put("not-found", "/p/shop/none");
    pages.put("palette", "/p/shop/issues");
    try (BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setBaseURL(url))) {
      context.setDefaultTimeout(PATIENCE_MILLIS);
      Page page = context.newPage();
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(() -> {
            page.navigate("/p/shop/issues?sort=users");
            assertThat(page.locator("tbody tr").count()).isGreaterThan(8);
          });
      pages.put("issue", page.locator("tbody [data-open]").first().getAttribute("href"));
      page.navigate("/p/shop/search?range=7d&q=kind:error");
      String event = page.locator(".result").first().getAttribute("data-row");
      pages.put("event", "/p/shop/events/" + event);
      String other = page.locator(".result").last().getAttribute("data-row");
      pages.put("explain", "/p/shop/grouping/event/" + event);
      pages.put("compare", "/p/shop/grouping/event/" + event + "?with=" + other);
      pages.put("erase-user", "/p/shop/erasures/user?user=anna@example.com");
      pages.put("erasures", "/p/shop/erasures");
      work(page, pages);
    }
    return pages;
  }

  /** What people did: the pages show it only once somebody has. */
  private static void work(Page page, Map<String, String> pages) {
    String issue = String.valueOf(pages.get("issue"));
    page.navigate(issue);
    page.locator("form[action$='/comments'] textarea").first().fill(COMMENT);
    page.locator("form[action$='/comments'] button").first().click();
    pages.put("issue-events", issue + "/events");
    pages.put("issue-delete", issue + "/delete");
    String number = issue.substring(issue.lastIndexOf('/') + 1);
    page.navigate("/p/shop/issues?sort=events");
    String other = "";
    for (int i = 0; other.isEmpty() || other.equals(number); i++) {
      String link = page.locator("tbody [data-open]").nth(2 + i).getAttribute("href");
      other = link.substring(link.lastIndexOf('/') + 1);
    }
    page.navigate("/p/shop/grouping/issue/" + number);
    page.locator("#with").fill(other);
    page.locator("form[action$='/merge'] button").click();
    pages.put("issue-merged", "/p/shop/issues/" + other);
    pages.put("issue-parts", "/p/shop/grouping/issue/" + number);
    page.navigate("/p/shop/releases");
    pages.put("release", page.locator("tbody a[data-open]").first().getAttribute("href"));
    pages.put("issues-undo", "/p/shop/issues?undo=1"); // As after a change of many.
  }

  private static void contactSheet(Path folder) throws IOException {
    StringBuilder html = new StringBuilder("<!doctype html><title>Levee's pages</title>\n");
    html.append("<style>img{width:24%;vertical-align:top;border:1px solid #ccc}</style>\n");
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".png"))
          .sorted()
          .forEach(name ->
              html.append(
                  "<a href=\"%1$s\"><img src=\"%1$s\" alt=\"%1$s\"></a>%n".formatted(name)));
    }
    Files.writeString(folder.resolve("index.html"), html);
  }
}
