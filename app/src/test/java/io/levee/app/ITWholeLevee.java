package io.levee.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.levee.event.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole thing in one process, through its doors. */
final class ITWholeLevee {
  private static final Duration VISIBLE_MAX = Duration.ofSeconds(60);

  @TempDir private Path data;

  private static String event(int number) {
    return "{\"id\":\"%032x\",\"title\":\"event %d\",\"message\":\"order %d failed\",\"tags\":{\"region\":\"eu\"}}"
        .formatted(number, number, number);
  }

  private static String events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(ITWholeLevee::event)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void anEventIsFoundByItsIdByWordsAndAsAnIssue() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      assertThat(levee.post("/api/v1/events", levee.sendKey(), event(7)).statusCode())
          .isEqualTo(200);

      await()
          .atMost(VISIBLE_MAX)
          .untilAsserted(() -> assertThat(levee.count("order region:eu")).isEqualTo(1));
      Json.Obj found = levee.json("/api/v1/events/" + "%032x".formatted(7));
      assertThat(found.text("title")).isEqualTo("event 7");
      await()
          .atMost(VISIBLE_MAX)
          .untilAsserted(
              () -> assertThat(levee.json("/api/v1/issues").text("total")).isEqualTo("1"));
      assertThat(levee.json("/api/v1/histogram?from=-1h&bucket=5m").text("events")).isEqualTo("1");
      questionsAreAnsweredInTheTerminal(levee);
    }
  }

  private record Said(int code, String out, String err) {}

  private static Said query(RunningTestLevee levee, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    Objects.requireNonNull(line.getSubcommands().get("query"))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("query"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", levee.url(), "--key", levee.commandKey()));
    return new Said(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
  }

  private static void questionsAreAnsweredInTheTerminal(RunningTestLevee levee)
      throws IOException, InterruptedException {
    Said table = query(levee, "* | stats count by tags.region");
    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out()).containsPattern("tags.region +count").containsPattern("eu +1");
    assertThat(query(levee, "* | timechart span=1h count", "--format", "chart").out())
        .contains("count");
    assertThat(query(levee, "* | table title", "--format", "csv").out())
        .isEqualToNormalizingNewlines("title\nevent 7\n");
    assertThat(query(levee, "*", "--format", "ndjson").out()).startsWith("{\"id\":");
    assertThat(query(levee, "* | stats count", "--format", "json").out())
        .contains("\"shape\":\"table\"");
    assertThat(query(levee, "* | stats count by host", "--explain").out())
        .contains("count   in the index by host");

    Said wrong = query(levee, "* | stat count");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err().lines())
        .anyMatch(words -> words.contains("did you mean stats?"))
        .contains("  * | stat count", "      ^");
    assertThat(query(levee).code()).isNotZero();

    String kept = "{\"name\":\"Regions\",\"q\":\"* | top tags.region\"}";
    assertThat(levee.post("/api/v1/questions", levee.commandKey(), kept).statusCode())
        .isEqualTo(200);
    assertThat(levee.json("/api/v1/questions").array("questions")).hasSize(1);
    assertThat(query(levee, "--saved", "regions").out()).contains("eu");
    assertThat(query(levee, "--saved").out()).contains("Regions", "* | top tags.region");
    assertThat(levee.get("/p/first-project/explore?q=*").body()).contains("Explore", "event 7");
  }

  @Test
  void theSameIdSentThreeTimesAcrossARestartCountsOnce() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      levee.post("/api/v1/events", levee.sendKey(), events(0, 50));
      HttpResponse<String> again = levee.post("/api/v1/events", levee.sendKey(), events(0, 50));
      assertThat(again.body()).contains("\"accepted\":0").contains("\"duplicates\":50");
    }
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      HttpResponse<String> third = levee.post("/api/v1/events", levee.sendKey(), events(0, 51));
      assertThat(third.body()).contains("\"accepted\":1").contains("\"duplicates\":50");

      await().atMost(VISIBLE_MAX).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(51));
      await()
          .atMost(VISIBLE_MAX)
          .untilAsserted(() ->
              assertThat(levee.json("/api/v1/issues").array("issues"))
                  .singleElement()
                  .isInstanceOfSatisfying(
                      Json.Obj.class, issue -> assertThat(issue.text("events")).isEqualTo("51")));
    }
  }

  @Test
  void verifyAgreesAndEachStoreIsRebuiltFromTheOther() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      levee.post("/api/v1/events", levee.sendKey(), events(0, 500));
      String key = levee.commandKey();

      assertThat(levee.post("/api/v1/verify", key, "").body())
          .contains("\"agree\":true")
          .contains("\"events\":500");
      assertThat(levee.post("/api/v1/rebuild/index", key, "").body())
          .contains("\"done\":true,\"events\":500");
      assertThat(levee.count("")).isEqualTo(500);
      assertThat(levee.post("/api/v1/rebuild/archive", key, "").body())
          .contains("\"done\":true,\"events\":500");

      levee.post("/api/v1/events", levee.sendKey(), events(500, 600));
      assertThat(levee.post("/api/v1/verify", key, "").body())
          .contains("\"agree\":true")
          .contains("\"events\":600");
      await().atMost(VISIBLE_MAX).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(600));
    }
  }

  @Test
  void aKeyThatMayOnlySendCannotRead() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      assertThat(levee.post("/api/v1/verify", levee.sendKey(), "").statusCode()).isEqualTo(403);
      assertThat(levee.post("/api/v1/events", "nobody", event(1)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void badInputSaysWhatAndWhereAndStoresNothing() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      String key = levee.sendKey();
      assertThat(levee.post("/api/v1/events", key, "{\"title\":").statusCode()).isEqualTo(400);
      assertThat(levee.post("/api/v1/events", key, "{\"title\":\"x\",\"level\":\"loud\"}").body())
          .contains("level")
          .contains("expected: trace, debug");
      assertThat(levee.post("/api/v1/events", key, "[".repeat(100_000)).statusCode())
          .isEqualTo(413);
      assertThat(levee.get("/api/v1/events?query=" + "%28").statusCode()).isEqualTo(400);
      assertThat(levee.get("/api/v1/events?from=yesterday").body()).contains("expected: RFC 3339");

      assertThat(levee.count("")).isZero();
    }
  }

  @Test
  void pagesHealthAndMetricsAnswer() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      assertThat(levee.get("/ready").body()).contains("\"status\":\"ready\"");
      assertThat(levee.get("/health").statusCode()).isEqualTo(200);
      assertThat(levee.get("/p/first-project/issues").body()).contains(levee.sendKey());
      levee.post("/api/v1/events", levee.sendKey(), event(1));
      assertThat(levee.get("/metrics").body())
          .contains("levee_events_total{outcome=\"accepted\"} 1.0");
      assertThat(levee.get("/pipeline").statusCode()).isEqualTo(200);
      assertThat(levee.get("/nothing/here").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void commandKeyThatAPowerCutEmptiedIsMadeAnew() throws IOException, InterruptedException {
    Path file = data.resolve("command.key");
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      assertThat(levee.get("/api/v1/events").statusCode()).isEqualTo(200);
    }
    for (byte[] left : List.of(new byte[0], new byte[32], "garbage".getBytes(UTF_8))) {
      Files.write(file, left);
      try (RunningTestLevee levee = new RunningTestLevee(data)) {
        assertThat(levee.get("/api/v1/events").statusCode()).isEqualTo(200);
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderIsForOneLeveeAtATime() {
    try (RunningTestLevee first = new RunningTestLevee(data);
        Levee second = new Levee(Config.on(data))) {
      assertThat(first.url()).startsWith("http://127.0.0.1:");
      assertThatThrownBy(second::start)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("in use by another Levee");
    }
  }

  @Test
  void bodiesInAnyCodingAreUnderstood() throws IOException, InterruptedException {
    try (RunningTestLevee levee = new RunningTestLevee(data)) {
      assertThat(Codings.send(levee.url(), levee.sendKey(), event(1), "gzip")).isEqualTo(200);
      assertThat(Codings.send(levee.url(), levee.sendKey(), event(2), "deflate")).isEqualTo(200);
      assertThat(Codings.send(levee.url(), levee.sendKey(), event(3), "br")).isEqualTo(200);
      assertThat(Codings.send(levee.url(), levee.sendKey(), event(4), "zstd")).isEqualTo(200);
      assertThat(Codings.send(levee.url(), levee.sendKey(), event(5), "rot13")).isEqualTo(415);
      await().atMost(VISIBLE_MAX).untilAsserted(() -> assertThat(levee.count("")).isEqualTo(4));
    }
  }
}
