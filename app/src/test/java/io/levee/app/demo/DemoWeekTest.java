package io.levee.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoWeekTest {
  private static final Instant END = Instant.parse("2026-11-21T22:40:00Z");
  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  private static List<DemoEvent> week(long seed) {
    List<DemoEvent> events = new ArrayList<>();
    new DemoWeek(seed, END).week().forEachRemaining(events::add);
    return events;
  }

  private static List<Json.Obj> lines(DemoEvent event) {
    List<Json.Obj> lines = new ArrayList<>();
    for (String line : new String(event.envelope(), StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        JsonText.Parsed parsed = JSON.parse(line.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(JsonText.Value.class);
        lines.add((Json.Obj) ((JsonText.Value) parsed).json());
      }
    }
    return lines;
  }

  @Test
  void everyEnvelopeIsThreeLinesOfJsonInOrderOfTime() {
    List<DemoEvent> events = week(7);

    assertThat(events).hasSizeBetween(6_000, 10_000);
    Instant before = END.minus(DemoWeek.length());
    for (DemoEvent event : events) {
      assertThat(lines(event)).hasSize(3);
      assertThat(event.time()).isBetween(before, END);
      before = event.time();
    }
  }

  @Test
  void statedLengthsAreThoseOfThePayload() {
    for (DemoEvent event : week(7).subList(0, 500)) {
      String[] lines = new String(event.envelope(), StandardCharsets.UTF_8).split("\n", -1);
      String length = lines(event).get(1).text("length");
      int bytes = lines[2].getBytes(StandardCharsets.UTF_8).length;
      assertThat(length).isIn(null, Integer.toString(bytes));
    }
  }

  @Test
  void aboutFortyProblemsShow() {
    Set<String> problems = new HashSet<>();
    Set<String> users = new HashSet<>();
    Set<String> releases = new HashSet<>();
    for (DemoEvent event : week(7)) {
      List<Json.Obj> lines = lines(event);
      if ("event".equals(lines.get(1).text("type"))) {
        Json.Obj payload = lines.get(2);
        Json.Obj thrown = (Json.Obj) payload.object("exception").array("values").getLast();
        String digitless = String.valueOf(thrown.text("value")).replaceAll("[0-9]+|'.*'", "#");
        problems.add(thrown.text("type") + payload.text("transaction") + digitless.length() / 100);
        users.add(String.valueOf(payload.object("user").text("id")));
        releases.add(String.valueOf(payload.text("release")));
      }
    }

    assertThat(problems).hasSizeBetween(36, 48);
    assertThat(users).hasSizeGreaterThan(200);
    assertThat(releases).hasSizeGreaterThan(9).contains("shop@4.12.0", "shop@4.12.1");
  }

  @Test
  void stacksHaveTheirCallsInTheClientsOrder() {
    for (DemoEvent event : week(7)) {
      Json.Obj payload = lines(event).get(2);
      for (Json exception : payload.object("exception").array("values")) {
        List<Json> frames = ((Json.Obj) exception).object("stacktrace").array("frames");
        assertThat(frames).hasSizeBetween(1, 30);
        assertThat(((Json.Obj) frames.getLast()).text("lineno")).isNotNull();
      }
    }
  }

  @Test
  void noPlaceholderIsLeft() {
    for (DemoEvent event : week(7)) {
      Json.Obj payload = lines(event).get(2);
      for (Json exception : payload.object("exception").array("values")) {
        assertThat(((Json.Obj) exception).text("value")).doesNotContainPattern("\\{[a-z]+}");
      }
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    List<DemoEvent> once = week(11);
    List<DemoEvent> again = week(11);

    assertThat(again).hasSameSizeAs(once);
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).envelope()).isEqualTo(once.get(i).envelope());
    }
    assertThat(week(12).getFirst().envelope()).isNotEqualTo(once.getFirst().envelope());
  }

  @Test
  void liveGoesOnAboutTwiceASecond() {
    Iterator<DemoEvent> live = new DemoWeek(7, END).live(END);

    Instant last = END;
    for (int i = 0; i < 2_000; i++) {
      DemoEvent event = live.next();
      assertThat(lines(event)).hasSize(3);
      assertThat(event.time()).isAfterOrEqualTo(last);
      last = event.time();
    }

    assertThat(Duration.between(END, last).toSeconds()).isBetween(800L, 1_200L);
  }
}
