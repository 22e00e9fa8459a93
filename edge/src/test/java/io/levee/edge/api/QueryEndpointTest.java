package io.levee.edge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.edge.fake.FakeHouse;
import io.levee.edge.fake.FakeIndex;
import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.query.Query;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import io.levee.testkit.MemoryQuestionStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code GET /api/v1/query}: its formats, what it refuses, and where it says that a fault is. */
final class QueryEndpointTest {
  private static final Instant NOW = FakeHouse.NOW;
  private static final ProjectId SHOP = new ProjectId(1);

  private final List<Event> events = new ArrayList<>();
  private final MemoryQuestionStore questions = new MemoryQuestionStore();

  QueryEndpointTest() {
    add(1, SHOP, Level.ERROR, "web-1", "=cmd|' /C calc'!A0");
    add(2, SHOP, Level.ERROR, "web-1", "-1+1");
    add(3, SHOP, Level.INFO, "web-2", "plain, with a comma");
    add(4, new ProjectId(2), Level.ERROR, "foreign", "not for you");
  }

  private void add(int number, ProjectId project, Level level, String host, String title) {
    events.add(
        Event.builder(new EventId(7, number), project)
            .time(NOW.minusSeconds(number))
            .received(NOW)
            .level(level)
            .host(host)
            .title(title)
            .build());
  }

  private HttpReply ask(String... parameters) {
    return ask(AskLimits.DEFAULT, parameters);
  }

  private HttpReply ask(AskLimits limits, String... parameters) {
    Asker asker =
        new Asker(new FakeIndex(() -> events), new FakeHouse().clock, System::nanoTime, limits);
    Map<String, List<String>> query = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], List.of(parameters[i + 1]));
    }
    HttpCall call =
        new HttpCall(
            "GET",
            "/api/v1/query",
            query,
            name -> null,
            "127.0.0.1",
            new ByteArrayInputStream(new byte[0]),
            Map.of());
    ProjectKey key = new ProjectKey(FakeHouse.READ_KEY, SHOP, Set.of(Permission.READ));
    ReadContext read =
        new ReadContext(key, ProjectScope.of(SHOP), new Query.All(), new ApiParameters(call, NOW));
    return new QueryEndpoint(asker, questions, System::nanoTime).answer(call, read);
  }

  private static String text(HttpReply reply) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      switch (reply.body()) {
        case HttpReply.Bytes bytes -> out.write(bytes.bytes());
        case HttpReply.Stream stream -> stream.writer().write(out);
      }
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Json.Obj json(HttpReply reply) {
    byte[] bytes = text(reply).strip().getBytes(StandardCharsets.UTF_8);
    return (Json.Obj) ((JsonText.Value) new JsonText(JsonLimits.DEFAULT).parse(bytes)).json();
  }

  @Test
  void answersWithColumnsRowsAndMarks() {
    HttpReply reply = ask("q", "* | stats count by host");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    Json.Obj answer = json(reply);
    assertThat(answer.text("shape")).isEqualTo("table");
    assertThat(JsonText.write(Json.array(answer.array("rows"))))
        .isEqualTo("[[\"web-1\",2],[\"web-2\",1]]");
    assertThat(answer.object("marks").array("partial")).isEmpty();
    assertThat(answer.object("marks").get("counted_in_index")).isEqualTo(Json.bool(true));
  }

  @Test
  void showsNothingOfOtherProjects() {
    assertThat(text(ask("q", "*", "format", "ndjson"))).doesNotContain("not for you");
  }

  @Test
  void writesEventsAsCanonicalLines() {
    String lines = text(ask("q", "*", "format", "ndjson"));

    assertThat(lines.lines()).hasSize(3).allMatch(line -> line.startsWith("{"));
    assertThat(lines).contains("\"title\":\"plain, with a comma\"");
  }

  @Test
  void writesCsvThatNoSpreadsheetComputes() {
    HttpReply reply = ask("q", "* | table host, title", "format", "csv");

    assertThat(reply.headers().get("Content-Type")).startsWith("text/csv");
    assertThat(text(reply).split("\r\n", -1))
        .containsExactly(
            "host,title",
            "web-1,'=cmd|' /C calc'!A0",
            "web-1,'-1+1",
            "web-2,\"plain, with a comma\"",
            "");
  }

  @Test
  void leavesNumbersBelowZeroAsTheyAre() {
    assertThat(text(ask("q", "* | stats count | eval less=0-count", "format", "csv")))
        .isEqualTo("count,less\r\n3,-3\r\n");
  }

  @Test
  void namesTheColumnsOfAnAnswerWithoutRows() {
    assertThat(text(ask("q", "* | where false() | table host, title", "format", "csv")))
        .isEqualTo("host,title\r\n");
    assertThat(text(ask("q", "* | where false()", "format", "ndjson"))).isEmpty();
  }

  @Test
  void explainsWithoutAnswering() {
    assertThat(JsonText.write(json(ask("q", "* | stats count by host", "explain", "true"))))
        .contains("count   in the index by host");
  }

  @Test
  void pointsAtWhatIsWrong() {
    HttpReply reply = ask("q", "ERROR | stat count");

    assertThat(reply.status()).isEqualTo(400);
    Json.Obj fault = json(reply);
    assertThat(fault.text("message")).isEqualTo("stat: no command of that name");
    assertThat(fault.text("position")).isEqualTo("8");
    assertThat(fault.text("line")).isEqualTo("1");
    assertThat(fault.text("column")).isEqualTo("9");
    assertThat(fault.text("near")).isEqualTo("stat");
    assertThat(fault.text("suggestion")).isEqualTo("stats");
  }

  @Test
  void countsLinesAndColumns() {
    Json.Obj fault = json(ask("q", "ERROR\n| stats count\n| whre x=1"));

    assertThat(fault.text("line")).isEqualTo("3");
    assertThat(fault.text("column")).isEqualTo("3");
  }

  @Test
  void refusesWhatItCannotRead() {
    for (String[] wrong :
        List.of(
            new String[] {"q", "*", "format", "xml"},
            new String[] {"q", "*", "tz", "Mars/Olympus"},
            new String[] {"q", "*", "limit", "0"},
            new String[] {"q", "*", "limit", "100001"},
            new String[] {"q", "*", "from", "yesterday"},
            new String[] {"saved", "nothing like it"})) {
      assertThatThrownBy(() -> ask(wrong))
          .isInstanceOf(ApiParameters.Wrong.class)
          .hasMessageContaining("expected");
    }
  }

  @Test
  void saysThatRowsWereLeftOut() {
    Json.Obj answer = json(ask("q", "* | table host", "limit", "2"));

    assertThat(answer.array("rows")).hasSize(2);
    assertThat(JsonText.write(Json.array(answer.object("marks").array("partial"))))
        .contains("the first 2");
  }

  @Test
  void saysThatTimeRanOut() {
    Json.Obj answer =
        json(
            ask(
                AskLimits.DEFAULT.withWall(Duration.ZERO),
                "q",
                "* | rex \"(?<a>x)\" | stats count by a"));

    assertThat(JsonText.write(Json.array(answer.object("marks").array("partial"))))
        .contains("time: 0 events");
  }

  @Test
  void asksWhatIsKeptUnderAName() {
    questions.save(SHOP, "Hosts", "* | top limit=1 host", "", "", NOW);

    assertThat(JsonText.write(Json.array(json(ask("saved", "hosts")).array("rows"))))
        .contains("web-1");
  }

  @Test
  void answersInTheZoneThatIsAskedFor() {
    assertThat(JsonText.write(json(ask("q", "* | head 1", "tz", "Asia/Tokyo"))))
        .contains("2026-11-22T08:44:59+09:00");
  }
}
