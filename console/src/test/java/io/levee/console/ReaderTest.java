package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.index.Histogram;
import io.levee.event.Level;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as the reader wants them: zone and manner from cookies. */
final class ReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");

  private static PageRequest with(String cookies) {
    return new PageRequest("GET", "/", Map.of(), Map.of(), Map.of("Cookie", cookies));
  }

  private static <T> T reading(String cookies, ScopedValue.CallableOp<T, RuntimeException> page) {
    return ScopedValue.where(Reader.CURRENT, Reader.of(with(cookies))).call(page);
  }

  @Test
  void writesTimesInTheZoneOfTheReader() {
    TimeText berlin = reading("levee-zone=Europe%2FBerlin", () -> TimeText.of(NOW, NOW));

    assertThat(berlin.absolute()).isEqualTo("2026-11-21 16:00:00 +01:00");
    assertThat(berlin.brief()).isEqualTo("21 Nov 16:00");
    assertThat(berlin.iso()).isEqualTo("2026-11-21T15:00:00Z");
    assertThat(TimeText.of(NOW, NOW).absolute()).isEqualTo("2026-11-21 15:00:00 UTC");
  }

  @Test
  void showsDatesToWhoLikesThem() {
    Instant earlier = NOW.minusSeconds(7200);

    assertThat(TimeText.of(earlier, NOW).shown()).isEqualTo("2 h ago");
    assertThat(reading("levee-times=absolute", () -> TimeText.of(earlier, NOW).shown()))
        .isEqualTo("21 Nov 13:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Europe/Nowhere", "%zz", "../../etc/passwd", "+99:00", "Z"})
  void takesAZoneThatIsNoneForUtc(String zone) {
    assertThat(Reader.of(with("levee-zone=" + zone)).isUtc()).isTrue();
  }

  @Test
  void ticksStandOnTheReadersMidnights() {
    Instant from = Instant.parse("2026-11-14T15:00:00Z");

    List<Chart.Tick> ticks =
        reading("levee-zone=Asia%2FTokyo", () -> Chart.ticks(from, from.plus(Duration.ofDays(7))));

    assertThat(ticks).extracting(Chart.Tick::words).first().isEqualTo("16 Nov");
    assertThat(ticks).allSatisfy(tick -> assertThat(tick.x()).endsWith("%"));
  }

  @Test
  void ticksSurviveTheNightWhenClocksChange() {
    Instant from = Instant.parse("2026-10-24T00:00:00Z");

    List<Chart.Tick> ticks =
        reading(
            "levee-zone=Europe%2FBerlin", () -> Chart.ticks(from, from.plus(Duration.ofDays(3))));

    assertThat(ticks)
        .extracting(Chart.Tick::words)
        .contains("25 Oct", "26 Oct")
        .doesNotContain("23:00", "01:00");
  }

  @Test
  void drawsMomentsThatLieWithinTheChart() {
    Histogram histogram =
        new Histogram(
            Duration.ofHours(1),
            List.of(
                new Histogram.Bucket(NOW, Map.of(Level.ERROR, 3L, Level.INFO, 1L)),
                new Histogram.Bucket(NOW.plusSeconds(3600), Map.of())));

    Chart chart =
        Chart.of(
            histogram,
            List.of(
                new Chart.Moment(NOW.plusSeconds(1800), "shop@1.2"),
                new Chart.Moment(NOW.minusSeconds(1), "before")));

    assertThat(chart.marks())
        .containsExactly(new Chart.Mark("250", "shop@1.2", "2026-11-21 15:30:00 UTC"));
    assertThat(chart.keys())
        .containsExactly(new Chart.Key("error", "3"), new Chart.Key("info", "1"));
  }

  @Test
  void pagesFollowTheCookies() {
    World world = new World(new ManualClock(NOW), 7).populate();
    PageRequest request =
        new PageRequest(
            "GET",
            "/p/shop/issues/1",
            Map.of(),
            Map.of(),
            Map.of("Cookie", "levee-zone=America%2FNew_York; levee-times=absolute"));

    String page =
        new String(new Console(world.ports()).handle(request).body(), StandardCharsets.UTF_8);

    assertThat(page)
        .contains("data-times=\"absolute\"")
        .contains("-05:00")
        .contains(", America/New York")
        .doesNotContain(" UTC\"");
  }
}
