package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for questions, without a browser. */
final class ExplorePagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");
  private static final String PAGE = "/p/shop/explore";
  private static final World WORLD = new World(new ManualClock(NOW), 7).populate();
  private static final Console CONSOLE = new Console(WORLD.ports());

  private static PageResponse get(String path, String... parameters) {
    Map<String, List<String>> query = new HashMap<>(Map.of("range", List.of("7d")));
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], List.of(parameters[i + 1]));
    }
    return CONSOLE.handle(new PageRequest("GET", path, query, Map.of(), Map.of()));
  }

  private static PageResponse post(String... fields) {
    Map<String, List<String>> form = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      form.put(fields[i], List.of(fields[i + 1]));
    }
    return CONSOLE.handle(
        new PageRequest(
            "POST", PAGE + "/saved", Map.of(), form, Map.of("Sec-Fetch-Site", "same-origin")));
  }

  private static String text(PageResponse response) {
    PageResponse.Writer writer = response.writer();
    if (writer == null) {
      return new String(response.body(), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String answer(String question, String view) {
    String[] asked = {"q", question, "view", view, "wait", "1"};
    return text(get(PAGE, asked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*;class=\"result lv-",
        "* | where weight > 0;class=\"result lv-",
        "* | stats count;class=\"big-numbers",
        "ERROR | stats count by date_hour;<rect class=\"bx",
        "* | timechart count by level;<path class=\"ar k-",
        "* | timechart avg(weight), max(weight);<path class=\"ln k1",
        "* | top type;class=\"rank-bar",
        "* | chart count over host by level;class=\"heat\"",
        "* | stats count by host, level, kind;<table class=\"plain\">",
        "* | table host, title;<table class=\"plain\">"
      })
  void choosesHowToShowAnAnswerByItsShape(String question, String expected) {
    assertThat(answer(question, "")).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "line,<path class=\"ln",
    "area,<path class=\"ar",
    "bar,<rect class=\"bx",
    "heat,class=\"heat\"",
    "table,<table class=\"plain\">",
    "events,class=\"result lv-",
    "pie,<path class=\"ar",
    "nonsense,<path class=\"ar"
  })
  void showsItInAnotherWayThatFits(String view, String expected) {
    assertThat(answer("* | timechart count by level", view)).contains(expected);
  }

  @Test
  void showsEveryHourOfTheDay() {
    assertThat(answer("* | stats count by date_hour", "")).contains(">0</text>", ">23</text>");
  }

  @Test
  void pointsAtWhatIsWrongAndOffersTheNearestWord() {
    PageResponse response = get(PAGE, "q", "ERROR | stat count <b>");

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response))
        .contains("<mark>stat</mark>")
        .contains("line 1, column 9")
        .contains("q=ERROR+%7C+stats+count+%3Cb%3E")
        .doesNotContain("<b>");
  }

  @Test
  void refusesAQuestionOfDeath() {
    String wild = "*a OR ".repeat(30) + "*b";

    PageResponse response = get(PAGE, "q", wild);

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("patterns that begin with a wildcard");
  }

  @Test
  void bringsAnAnswerThatHasToReadEventsAfterThePage() {
    String page = text(get(PAGE, "q", "* | rex \"(?<word>\\w+)\" | stats count by word"));
    assertThat(page).contains("Reading events…", "hx-get=\"" + PAGE + "/answer?q=");

    PageResponse later =
        get(PAGE + "/answer", "q", "* | rex \"(?<word>\\w+)\" | stats count by word");
    // A slow answer begins with blanks, which tell whether somebody still waits for it.
    assertThat(text(later).stripLeading()).startsWith("<section").contains("class=\"rank-bar");
    assertThat(later.headers()).containsKey("Content-Security-Policy");
  }

  @Test
  void leadsFromARowToItsEvents() {
    assertThat(answer("ERROR earliest=-2d | stats count by host", "table"))
        .contains("q=ERROR+earliest%3D-2d+host%3A");
  }

  @Test
  void sortsByAColumn() {
    assertThat(answer("* | stats count by host | sort -count", "table"))
        .contains("aria-sort=\"descending\"")
        .contains("q=*+%7C+stats+count+by+host+%7C+sort+count");
  }

  @Test
  void addsAFieldsValueToTheFilterAndKeepsTheStages() {
    assertThat(text(get(PAGE, "q", "ERROR | stats count by host")))
        .contains("q=ERROR+environment%3Aproduction+%7C+stats+count+by+host");
  }

  @Test
  void saysThatNothingWasFound() {
    assertThat(text(get(PAGE, "q", "nothingislikethis"))).contains("Nothing found");
    assertThat(answer("* | where 1 > 2", "")).contains("The answer is empty");
  }

  @Test
  void showsHowItWasUnderstood() {
    assertThat(text(get(PAGE, "q", "ERROR | stats count by host")))
        .contains("count   in the index by host")
        .contains("then    stats");
  }

  @Test
  void exportsTheAnswerAndTheEventsBehindIt() {
    PageResponse csv =
        get(PAGE + "/export", "q", "* | stats count", "of", "answer", "format", "csv");
    assertThat(text(csv)).startsWith("count\r\n").hasLineCount(2);
    assertThat(csv.headers().get("Content-Disposition"))
        .isEqualTo("attachment; filename=\"shop-answer-20261121-150000.csv\"");

    long stored =
        text(get(PAGE + "/export", "q", "* | stats count", "of", "events", "format", "ndjson"))
            .lines()
            .count();
    assertThat(stored)
        .isEqualTo(
            WORLD.index.search(NewestOf.project(WORLD.shop.id(), NOW, 1_000)).events().size());
    assertThat(text(get(PAGE + "/export", "q", "* | head 3", "of", "answer", "format", "json")))
        .startsWith("[\n{")
        .endsWith("}\n]\n")
        .hasLineCount(5);
    assertThat(get(PAGE + "/export", "q", "*", "format", "exe").status()).isEqualTo(400);
    assertThat(get(PAGE + "/export", "q", "| x", "format", "csv").status()).isEqualTo(400);
  }

  @Test
  void surroundsAnEventWithItsNeighbours() {
    String id =
        WORLD
            .index
            .search(NewestOf.project(WORLD.shop.id(), NOW, 30))
            .events()
            .get(20)
            .event()
            .id()
            .toString();

    String page = text(get(PAGE + "/around", "event", id, "n", "5", "host", "any"));

    assertThat(page).contains("5 after, 5 before");
    assertThat(page.split("class=\"result lv-", -1)).hasSize(12);
    assertThat(page).contains(" here\" data-row=\"" + id);
    assertThat(get(PAGE + "/around", "event", "0".repeat(32)).status()).isEqualTo(404);
    assertThat(get("/p/storefront/explore/around", "event", id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ERROR | sta;stats",
        "lev;level:",
        "* | stats p;p95(x)",
        "* | stats count by date_h;date_hour",
        "* | eval a=coal;coalesce(x, …)",
        "kind:er;error"
      })
  void completesWithTheMeaning(String typed, String option) {
    assertThat(text(get(PAGE + "/suggest", "text", typed))).contains("<span>" + option + "</span>");
  }

  @Test
  void keepsRenamesAndDeletesAQuestion() {
    PageResponse kept = post("do", "save", "name", "Types", "q", "* | top type", "range", "7d");
    assertThat(kept.status()).isEqualTo(303);
    assertThat(kept.headers().get("Location")).isEqualTo(PAGE + "?q=*+%7C+top+type&range=7d");
    assertThat(text(get(PAGE, "q", "* | top type"))).contains("<summary>Types</summary>");
    String id = Long.toString(WORLD.questions.list(Site.scope(WORLD.shop)).getFirst().id());
    assertThat(post("do", "rename", "id", id, "name", "Worst types").status()).isEqualTo(303);
    assertThat(text(get(PAGE + "/saved"))).contains("Worst types");

    PageResponse gone = post("do", "delete", "id", id);

    assertThat(gone.headers().get("Location")).contains("gone=Worst+types");
    assertThat(WORLD.questions.list(Site.scope(WORLD.shop))).isEmpty();
    assertThat(post("do", "delete", "id", id).status()).isEqualTo(404);
  }

  @Test
  void keepsNoQuestionThatCannotBeRead() {
    assertThat(post("do", "save", "name", "x", "q", "* | stat").status()).isEqualTo(400);
    assertThat(post("do", "save", "name", " ", "q", "*").status()).isEqualTo(400);
    assertThat(post("do", "nothing").status()).isEqualTo(400);
  }

  @Test
  void leadsToTheFirstProject() {
    assertThat(get("/explore", "q", "* | top host").headers().get("Location"))
        .isEqualTo("/p/shop/explore?q=*+%7C+top+host&range=7d");
    assertThat(get(PAGE + "/nowhere").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "* | eval a=\"<script>alert(1)</script>\" | table a",
        "* | stats count as \"<img src=x>\""
      })
  void writesNothingThatABrowserRuns(String question) {
    assertThat(answer(question, "").replace("&lt;", ""))
        .doesNotContain("<script>alert")
        .doesNotContain("<img")
        .doesNotContain(" style=");
  }
}
