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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoWeekTest {
  private static final Instant END = Instant.parse("2026-11-21T22:40:00Z");
  private static final JsonText JSON = new JsonText(JsonLimits.DEFAULT);

  /** One in eight of a week, parsed once: what holds for each needs no more. */
  private static final List<List<Json.Obj>> PARSED = new ArrayList<>();

  private static final List<DemoEvent> WEEK = week(7);

  @BeforeAll
  static void parse() {
    for (int i = 0; i < WEEK.size(); i += 8) {
      PARSED.add(lines(WEEK.get(i)));
    }
  }

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
    assertThat(WEEK).hasSizeBetween(6_000, 10_000);
    assertThat(PARSED).allMatch(lines -> lines.size() == 3);
    Instant before = END.minus(DemoWeek.length());
    for (DemoEvent event : WEEK) {
      assertThat(event.time()).isBetween(before, END);
      before = event.time();
    }
  }

  @Test
  void statedLengthsAreThoseOfThePayload() {
    for (DemoEvent event : WEEK.subList(0, 300)) {
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
    for (List<Json.Obj> lines : PARSED) {
      if ("event".equals(lines.get(1).text("type"))) {
        Json.Obj payload = lines.get(2);
        Json.Obj thrown = (Json.Obj) payload.object("exception").array("values").getLast();
        String digitless = String.valueOf(thrown.text("value")).replaceAll("[0-9]+|'.*'", "#");
        problems.add(thrown.text("type") + payload.text("transaction") + digitless.length() / 100);
        users.add(String.valueOf(payload.object("user").text("id")));
        releases.add(String.valueOf(payload.text("release")));
      }
    }

    assertThat(problems).hasSizeBetween(36, 46);
    assertThat(users).hasSizeGreaterThan(100);
    assertThat(releases).hasSizeGreaterThan(8).contains("shop@4.12.0", "shop@4.12.1");
  }

  @Test
  void stacksHaveTheirCallsInTheClientsOrder() {
    for (List<Json.Obj> lines : PARSED) {
      Json.Obj payload = lines.get(2);
      for (Json exception : payload.object("exception").array("values")) {
        List<Json> frames = ((Json.Obj) exception).object("stacktrace").array("frames");
        assertThat(frames).hasSizeBetween(1, 30);
        assertThat(((Json.Obj) frames.getLast()).text("lineno")).isNotNull();
      }
    }
  }

  @Test
  void noPlaceholderIsLeft() {
    for (List<Json.Obj> lines : PARSED) {
      Json.Obj payload = lines.get(2);
      for (Json exception : payload.object("exception").array("values")) {
        assertThat(((Json.Obj) exception).text("value")).doesNotContainPattern("\\{[a-z]+}");
      }
    }
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Iterator<DemoEvent> again = new DemoWeek(7, END).week();
    Iterator<DemoEvent> other = new DemoWeek(8, END).week();

    for (DemoEvent event : WEEK.subList(0, 400)) {
      assertThat(again.next().envelope()).isEqualTo(event.envelope());
    }
    assertThat(other.next().envelope()).isNotEqualTo(WEEK.getFirst().envelope());
  }

  @Test
  void liveGoesOnAboutTwiceASecond() {
    Iterator<DemoEvent> live = new DemoWeek(7, END).live(END);

    Instant last = END;
    for (int i = 0; i < 1_000; i++) {
      DemoEvent event = live.next();
      assertThat(lines(event)).hasSize(3);
      assertThat(event.time()).isAfterOrEqualTo(last);
      last = event.time();
    }

    assertThat(Duration.between(END, last).toSeconds()).isBetween(400L, 600L);
  }
}
