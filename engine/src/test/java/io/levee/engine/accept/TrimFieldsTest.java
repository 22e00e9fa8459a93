package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Breadcrumb;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.EventBuilder;
import io.levee.event.EventId;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.Mark;
import io.levee.event.Mark.Change;
import io.levee.event.Pair;
import io.levee.event.ProjectId;
import io.levee.event.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrimFieldsTest {
  private final TrimFields trim = new TrimFields(TrimLimits.DEFAULT);

  private static EventBuilder event() {
    return Event.builder(new EventId(1, 2), new ProjectId(1)).title("x");
  }

  @Test
  void givesBackTheSameInstanceWhenNothingIsTooLong() {
    Event event =
        event()
            .tags(Map.of("a", "b"))
            .contexts(Json.object("os", Json.object("name", Json.text("Linux"))))
            .exceptions(
                List.of(ExceptionInfo.of("E", "v", List.of(Frame.of("f", "m", null, 1, true)))))
            .build();

    assertThat(trim.apply(event)).isSameAs(event);
  }

  @Test
  void cutsLongTextsAndSaysHowLongTheyWere() {
    Event trimmed = trim.apply(event().title("t".repeat(600)).message("m".repeat(70_000)).build());

    assertThat(trimmed.title()).hasSize(512);
    assertThat(trimmed.message()).hasSize(65_536);
    assertThat(trimmed.marks())
        .containsExactly(
            new Mark("title", Change.TRUNCATED, "600 chars"),
            new Mark("message", Change.TRUNCATED, "70000 chars"));
  }

  @Test
  void neverMakesATitleBlank() {
    Event trimmed = trim.apply(event().title(" ".repeat(600) + "broken").build());

    assertThat(trimmed.title()).isEqualTo("broken");
  }

  @Test
  void neverTearsACharacterApart() {
    Event trimmed = trim.apply(event().title("t".repeat(511) + "😀 and more").build());

    assertThat(trimmed.title()).isEqualTo("t".repeat(511));
  }

  @Test
  void keepsTheNewestBreadcrumbsAndBothEndsOfAStack() {
    List<Breadcrumb> breadcrumbs = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      breadcrumbs.add(new Breadcrumb(null, null, null, null, "b" + i, Json.Obj.EMPTY));
      frames.add(Frame.of("f" + i, null, null, null, null));
    }

    Event trimmed =
        trim.apply(
            event()
                .breadcrumbs(breadcrumbs)
                .exceptions(List.of(ExceptionInfo.of("E", null, frames)))
                .build());

    assertThat(trimmed.breadcrumbs()).hasSize(100).isEqualTo(breadcrumbs.subList(900, 1_000));
    List<Frame> kept = trimmed.exceptions().getFirst().frames();
    assertThat(kept).hasSize(250).startsWith(frames.getFirst()).endsWith(frames.getLast());
    assertThat(trimmed.marks())
        .containsExactly(
            new Mark("exceptions[0].frames", Change.DROPPED, "1000 items"),
            new Mark("breadcrumbs", Change.DROPPED, "1000 items"));
  }

  @Test
  void boundsTagsAndPairs() {
    Map<String, String> tags = new LinkedHashMap<>();
    List<Pair> headers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tags.put("k".repeat(190) + i + "k".repeat(20), "v".repeat(2_000));
      headers.add(new Pair("h" + i, "v"));
    }
    Request request =
        new Request(
            "GET", "/", 200, headers, List.of(), List.of(), List.of(), List.of(), Json.nothing());

    Event trimmed = trim.apply(event().tags(tags).request(request).build());

    assertThat(trimmed.tags()).hasSize(100);
    assertThat(trimmed.tags().keySet()).allMatch(key -> key.length() == 200);
    assertThat(trimmed.tags().values()).allMatch(value -> value.length() == 1_024);
    assertThat(trimmed.request().headers()).hasSize(200);
    assertThat(trimmed.marks()).hasSize(101);
  }

  @Test
  void boundsTheFieldsOfContextsAndExtraTogether() {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = 0; i < 700; i++) {
      fields.put("f" + i, Json.number(i));
    }

    Event trimmed =
        trim.apply(event().contexts(Json.object(fields)).extra(Json.object(fields)).build());

    assertThat(trimmed.contexts().fields()).hasSize(700);
    assertThat(trimmed.extra().fields()).hasSize(300);
    assertThat(trimmed.marks()).containsExactly(new Mark("extra", Change.DROPPED, "400 fields"));
  }

  @Test
  void cutsWhatIsNestedTooDeep() {
    Json deep = Json.text("bottom");
    for (int i = 0; i < 60; i++) {
      deep = Json.object("d", deep);
    }

    Event trimmed = trim.apply(event().extra(Json.object("deep", deep)).build());

    assertThat(new String(CanonicalJson.write(trimmed), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain("bottom");
    assertThat(trimmed.marks())
        .singleElement()
        .satisfies(mark -> {
          assertThat(mark.change()).isEqualTo(Change.DROPPED);
          assertThat(mark.detail()).isEqualTo("nested deeper than 20");
        });
  }

  @Test
  void keepsTheOtherFieldsOfAnObjectInTheirOrder() {
    Map<String, Json> fields = new LinkedHashMap<>();
    fields.put("a", Json.number(1));
    fields.put("long", Json.text("x".repeat(20_000)));
    fields.put("z", Json.number(2));

    Json.Obj extra = trim.apply(event().extra(Json.object(fields)).build()).extra();

    assertThat(extra.fields()).containsOnlyKeys("a", "long", "z");
    assertThat(extra.text("long")).hasSize(16_384);
    assertThat(List.copyOf(extra.fields().keySet())).containsExactly("a", "long", "z");
  }
}
