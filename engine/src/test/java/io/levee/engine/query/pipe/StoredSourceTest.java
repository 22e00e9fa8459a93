package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.eval.Setting;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Json;
import io.levee.event.Kind;
import io.levee.event.Level;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Fields read from the head of an event are those of the whole event. */
final class StoredSourceTest {
  private static final Setting SETTING =
      new Setting(Instant.parse("2026-11-22T00:00:00Z"), ZoneId.of("Asia/Kolkata"));
  private static final List<String> HEAD =
      List.of(
          "_time",
          "time",
          "received",
          "_indextime",
          "level",
          "severity",
          "kind",
          "title",
          "id",
          "message",
          "_raw",
          "logger",
          "source",
          "platform",
          "host",
          "hostname",
          "environment",
          "release",
          "culprit",
          "duration",
          "project",
          "date_hour",
          "date_wday");
  private static final List<String> OTHERS =
      List.of("status", "user", "tags.a", "a", "type", "extra.n", "weight", "punct", "linecount");

  private static EventBuilder event() {
    return Event.builder(new EventId(1, 2), new ProjectId(77))
        .kind(Kind.LOG)
        .time(Instant.parse("2026-11-21T20:15:30.123456789Z"))
        .received(Instant.parse("2026-11-21T20:15:31Z"))
        .level(Level.WARNING)
        .title("one line");
  }

  private static List<Event> events() {
    return List.of(
        event().build(),
        event().message("größer: \u20ac {\"no\":1}").build(),
        event().title("a \"quoted\"\nline\\").host("web-1").durationMillis(1.5e-7).build(),
        event()
            .message("all")
            .logger("shop")
            .platform("java")
            .host("web-1")
            .environment("production")
            .release("1.2")
            .culprit("run")
            .durationMillis(12.25)
            .build(),
        event().durationMillis(3.0).weight(12_345).build(),
        event().culprit("c").weight(Integer.MAX_VALUE).tags(Map.of("a", "b")).build(),
        event().extra(Json.object("n", Json.object("weight", Json.number(5)))).build(),
        event().extra(Json.object("weight", Json.number(5))).build(),
        event().exceptions(List.of(ExceptionInfo.of("T", "v", List.of()))).weight(3).build());
  }

  @Test
  void hasTheFieldsOfTheWholeEvent() {
    for (Event event : events()) {
      byte[] json = CanonicalJson.write(event);
      EventSource whole = new EventSource(CanonicalJson.read(json), SETTING);
      for (List<String> names : List.of(HEAD, HEAD.reversed(), OTHERS)) {
        StoredSource stored = new StoredSource(json, () -> CanonicalJson.read(json), SETTING);
        for (String name : names) {
          assertThat(stored.get(name)).as("%s of %s", name, event).isEqualTo(whole.get(name));
        }
        assertThat(stored.weight()).isEqualTo(event.weight());
        assertThat(stored.names()).isEqualTo(whole.names());
      }
    }
  }

  @Test
  void readsNoMoreThanIsAskedFor() {
    AtomicInteger readings = new AtomicInteger();
    byte[] json = CanonicalJson.write(event().host("web-1").weight(7).build());
    StoredSource stored =
        new StoredSource(
            json,
            () -> {
              readings.incrementAndGet();
              return CanonicalJson.read(json);
            },
            SETTING);

    HEAD.forEach(stored::get);
    assertThat(stored.weight()).isEqualTo(7);
    assertThat(readings).hasValue(0);

    stored.get("status");
    assertThat(stored.event().host()).isEqualTo("web-1");
    assertThat(readings).hasValue(1);
  }

  @Test
  void givesUpOnWhatIsCutShort() {
    byte[] json = CanonicalJson.write(event().host("web-1").durationMillis(2.0).build());
    for (int length = 1; length < json.length; length++) {
      StoredHead head = new StoredHead(java.util.Arrays.copyOf(json, length));
      for (String name : List.of("time", "level", "title", "host", "duration_ms")) {
        assertThat(head.has(name)).isEqualTo(head.text(name) != null);
      }
    }
  }
}
