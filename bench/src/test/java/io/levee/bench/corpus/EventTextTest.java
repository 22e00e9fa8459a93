package io.levee.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventTextTest {
  private static final int EVENTS = 10_000;

  private final Corpus corpus =
      new Corpus(7, EVENTS, Instant.parse("2026-11-15T12:00:00Z"), Duration.ofDays(7));
  private final EventText text = new EventText(corpus);

  private Json.Obj written(Facts event) {
    StringBuilder json = new StringBuilder();
    text.append(json, event);
    return read(json);
  }

  private static Json.Obj read(StringBuilder json) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return switch (new JsonText(JsonLimits.DEFAULT).parse(bytes)) {
      case JsonText.Value(Json.Obj object) -> object;
      case JsonText.Parsed other -> throw new AssertionError(json + ": " + other);
    };
  }

  private Facts first(Facts.Kind kind) {
    return LongStream.range(0, EVENTS)
        .mapToObj(corpus::facts)
        .filter(event -> event.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyKindIsJsonWithItsFacts() {
    for (Facts.Kind kind : Facts.Kind.values()) {
      Facts event = first(kind);
      Json.Obj json = written(event);

      assertThat(json.text("id")).isEqualTo(corpus.id(event.number()));
      assertThat(json.text("kind")).isEqualTo(kind.word());
      assertThat(json.text("level")).isEqualTo(event.level().word());
      assertThat(json.text("host")).isEqualTo(Words.HOSTS.get(event.host()));
      assertThat(json.object("tags").text("customer")).isEqualTo(Words.customer(event.customer()));
      assertThat(json.text("message"))
          .startsWith(Words.PHRASES.get(event.phrase()))
          .contains(" took " + event.millis() + " ms");
      assertThat(Instant.parse(String.valueOf(json.text("time"))).toEpochMilli())
          .isEqualTo(event.epochMillis());
    }
  }

  @Test
  void errorHasStackAndTransactionItsDuration() {
    Json.Obj error = written(first(Facts.Kind.ERROR));
    Json.Obj transaction = written(first(Facts.Kind.TRANSACTION));

    assertThat(((Json.Obj) error.array("exceptions").getFirst()).array("frames"))
        .hasSizeBetween(12, 24);
    assertThat(transaction.text("duration_ms"))
        .isEqualTo(Integer.toString(first(Facts.Kind.TRANSACTION).millis()));
  }

  @Test
  void rareWordIsInItsEventsOnly() {
    StringBuilder json = new StringBuilder();
    long found = 0;
    for (long number = 0; number < EVENTS; number++) {
      json.setLength(0);
      text.append(json, corpus.facts(number));
      boolean holds = json.indexOf("quetzal") >= 0;
      assertThat(holds).isEqualTo(corpus.facts(number).rare() != Facts.NONE);
      found += holds ? 1 : 0;
    }

    assertThat(found).isEqualTo(EVENTS / 5_000);
  }

  @Test
  void neighbourIsTheSameWithAnotherId() {
    Facts event = first(Facts.Kind.LOG);
    StringBuilder json = new StringBuilder();

    text.appendNeighbour(json, event);

    assertThat(read(json).text("id")).isEqualTo(text.neighbourId(event));
    assertThat(read(json).with("id", Json.text("")))
        .isEqualTo(written(event).with("id", Json.text("")));
  }

  @Test
  void customersTagIsReadBack() {
    assertThat(Words.customer(Words.customer(42))).isEqualTo(42);
    assertThat(Words.customer("partial: x")).isEqualTo(Facts.NONE);
  }
}
