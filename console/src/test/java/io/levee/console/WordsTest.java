package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.Query;
import io.levee.engine.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");

  @Test
  void writesNumbersForPeople() {
    assertThat(Figures.compact(9_999)).isEqualTo("9,999");
    assertThat(Figures.compact(12_340)).isEqualTo("12.3k");
    assertThat(Figures.compact(4_560_000)).isEqualTo("4.56M");
    assertThat(Figures.bytes(512)).isEqualTo("512 B");
    assertThat(Figures.bytes(1 << 20)).isEqualTo("1 MiB");
    assertThat(Figures.rate(4.2)).isEqualTo("4.2");
    assertThat(Figures.rate(120.4)).isEqualTo("120");
    assertThat(Figures.percent(1, 1000)).isEqualTo("<1 %");
  }

  @Test
  void writesTimesForPeople() {
    assertThat(TimeText.of(NOW.minusSeconds(2), NOW).relative()).isEqualTo("just now");
    assertThat(TimeText.of(NOW.minusSeconds(200), NOW).relative()).isEqualTo("3 min ago");
    assertThat(TimeText.of(NOW.plusSeconds(30), NOW).relative()).isEqualTo("in 30 s");
    assertThat(TimeText.of(NOW, NOW).absolute()).isEqualTo("2026-11-21 15:00:00 UTC");
    assertThat(TimeText.duration(Duration.ofMinutes(150))).isEqualTo("2 h 30 min");
  }

  @Test
  void takesTheTypeOutOfATitle() {
    assertThat(TitleText.of("TimeoutException: slow", "java.util.TimeoutException"))
        .isEqualTo(new TitleText("TimeoutException", "slow"));
    assertThat(TitleText.of("java.util.TimeoutException: slow", "java.util.TimeoutException"))
        .isEqualTo(new TitleText("TimeoutException", "slow"));
    assertThat(TitleText.of("Something", null)).isEqualTo(new TitleText("Something", ""));
  }

  @Test
  void writesQueriesThatTheParserReads() {
    for (String value :
        List.of(
            "plain",
            "two words",
            "qu\"ote",
            "back\\slash",
            "OR",
            "a:b",
            "<x>",
            "shop@4.2.1",
            "eu-west",
            "com.acme.Shop",
            "-x",
            "500",
            "a*b")) {
      String query = QueryWords.term("tags.region", value);

      assertThat(QueryParser.parse(query))
          .as(query)
          .isInstanceOfSatisfying(
              QueryParser.Parsed.class,
              parsed ->
                  assertThat(parsed.query())
                      .isIn(
                          new Query.Term("tags.region", value),
                          new Query.Phrase("tags.region", value)));
    }
  }

  @Test
  void keepsParametersInAddresses() {
    Params params = Params.of("/p/shop/search").with("q", "a b&c").with("range", "7d");

    assertThat(params.href()).isEqualTo("/p/shop/search?q=a+b%26c&range=7d");
    assertThat(params.with("q", null).values()).isEqualTo(Map.of("range", "7d"));
  }

  @Test
  void readsExactTimesAndFallsBackToTheUsual() {
    PageRequest exact =
        new PageRequest(
            "GET", "/", Map.of("from", List.of("1000"), "to", List.of("2000")), Map.of(), Map.of());
    PageRequest nonsense =
        new PageRequest("GET", "/", Map.of("from", List.of("soon")), Map.of(), Map.of());

    assertThat(TimeChoice.of(exact, NOW, "24h").range().length()).isEqualTo(Duration.ofSeconds(1));
    assertThat(TimeChoice.of(nonsense, NOW, "24h").name()).isEqualTo("24h");
  }
}
