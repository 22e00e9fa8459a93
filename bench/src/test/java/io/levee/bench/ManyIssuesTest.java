package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ManyIssuesTest {
  private static final Instant NEWEST = Instant.parse("2026-11-22T12:00:00Z");

  private final ManyIssues lines = new ManyIssues(1_000, 7, NEWEST, Duration.ofDays(13));

  @Test
  void everyIssueComesFirstAndAFewComeMostly() {
    assertThat(IntStream.range(0, 1_000).map(lines::issue).toArray()).containsExactly(range());

    int[] again = LongStream.range(1_000, 11_000).mapToInt(lines::issue).toArray();
    assertThat(IntStream.of(again).allMatch(issue -> issue >= 0 && issue < 1_000)).isTrue();
    assertThat(IntStream.of(again).filter(issue -> issue == 1).count()).isBetween(1_100L, 1_500L);
    assertThat(IntStream.of(again).filter(issue -> issue < 10).count()).isBetween(4_200L, 4_900L);
  }

  private static int[] range() {
    return IntStream.range(0, 1_000).toArray();
  }

  @Test
  void aLineIsOneEventInTimeAndTheSameForTheSameNumber() {
    StringBuilder text = new StringBuilder();
    lines.append(text, 4_711, "ab");
    StringBuilder again = new StringBuilder();
    lines.append(again, 4_711, "ab");

    assertThat(again.toString()).isEqualTo(text.toString()).endsWith("\n");
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    JsonText.Parsed parsed = JsonText.strict(JsonLimits.DEFAULT).parse(bytes);
    assertThat(parsed).isInstanceOf(JsonText.Value.class);
    Json.Obj event = (Json.Obj) ((JsonText.Value) parsed).json();
    assertThat(Instant.parse(String.valueOf(event.text("time"))))
        .isBetween(NEWEST.minus(Duration.ofDays(13)), NEWEST);
    assertThat(event.array("exceptions")).hasSize(1);
    assertThat(event.text("environment")).isEqualTo("env-" + lines.issue(4_711) % 10);
  }
}
