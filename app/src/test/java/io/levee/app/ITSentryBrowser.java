package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code @sentry/browser} in Chromium, from a page of another origin. */
final class ITSentryBrowser {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  @TempDir private Path data;

  @Test
  void arrivesWhole() throws IOException, InterruptedException {
    if (!Files.exists(CHROMIUM) && !"1".equals(System.getenv("LEVEE_REQUIRE_BROWSER"))) {
      abort(
          "no Chromium on this machine (apt install chromium, or set LEVEE_REQUIRE_BROWSER=1 to fail instead)");
    }
    RealClients clients = RealClients.install("@sentry/browser");
    Process pages = clients.start("browser-sdk/serve.mjs", "0");
    try (RunningTestLevee levee = new RunningTestLevee(data);
        BufferedReader output =
            new BufferedReader(
                new InputStreamReader(pages.getInputStream(), StandardCharsets.UTF_8))) {
      String address = String.valueOf(output.readLine()).replaceAll(".*(http://[^ ]*?)/?$", "$1");
      String url = address + "/?dsn=" + URLEncoder.encode(levee.dsn(), StandardCharsets.UTF_8);

      Json.Obj ids = visit(url).object("eventIds");

      Event thrown = ITSentryNode.fetch(levee, String.valueOf(ids.text("exception")));
      assertThat(thrown.exceptions())
          .extracting(ExceptionInfo::type)
          .containsExactly("Error", "TypeError");
      assertThat(thrown.tags()).containsEntry("suite", "browser-sdk");
      assertThat(thrown.user().email()).isEqualTo("ada@example.com");
      assertThat(thrown.breadcrumbs()).anySatisfy(b -> assertThat(b.category()).isEqualTo("fetch"));
      assertThat(thrown.request().url()).startsWith(address);
      assertThat(
              ITSentryNode.fetch(levee, String.valueOf(ids.text("uncaught")))
                  .exceptions()
                  .getFirst()
                  .handled())
          .isFalse();
      assertThat(ITSentryNode.fetch(levee, String.valueOf(ids.text("message"))).title())
          .isEqualTo("hello from the browser");
    } finally {
      pages.destroy();
    }
  }

  private static Json.Obj visit(String url) {
    Playwright.CreateOptions driver =
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    BrowserType.LaunchOptions launch =
        new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(QUIET);
    try (Playwright playwright = Playwright.create(driver);
        Browser browser = playwright.chromium().launch(launch)) {
      Page page = browser.newPage();
      page.navigate(url);
      page.waitForFunction("() => document.title === 'done'");
      String result = page.textContent("#result");
      if (new JsonText(JsonLimits.DEFAULT).parse(result.getBytes(StandardCharsets.UTF_8))
          instanceof JsonText.Value(Json.Obj object)) {
        return object;
      }
      throw new AssertionError("not JSON: " + result);
    }
  }
}
