package io.levee.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.pipeline.HeadRoom;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages say and change about floods. */
final class FloodPagesTest {
  private final World world = new World(new ManualClock(Instant.parse("2026-11-21T15:00:00Z")), 7);
  private final Console console = new Console(world.ports());

  private String page(String path) {
    return new String(console.handle(PageRequest.get(path)).body(), StandardCharsets.UTF_8);
  }

  private PageResponse sampling(String value) {
    return console.handle(
        new PageRequest(
            "POST",
            "/p/shop/settings/sampling",
            Map.of(),
            Map.of("errors_per_minute", List.of(value)),
            Map.of("Sec-Fetch-Site", "same-origin")));
  }

  @Test
  void pipelineSaysHowMuchMoreItCanTake() {
    assertThat(page("/pipeline"))
        .contains("+3,180")
        .contains("index would be short first; now 4.2/s")
        .contains("the oldest for 1 min")
        .contains("never: measure is slower than what comes")
        .contains("in 41 d");
  }

  @Test
  void saysSoWhenThereIsNotEnoughTrafficToTell() {
    HeadRoomView view = HeadRoomView.of(HeadRoom.Estimate.UNKNOWN);

    assertThat(view.more()).isEmpty();
    assertThat(view.moreWhy()).isEqualTo("not enough traffic to tell");
    assertThat(view.drain()).isEqualTo("too early to tell");
    assertThat(view.floor()).isEqualTo("too early to tell");
    assertThat(view.drainAlarm()).isFalse();
  }

  @Test
  void aDiskThatIsFullTodayIsAlarming() {
    assertThat(floor(new HeadRoom.Disk.FullIn(Duration.ofHours(5))).floorAlarm()).isTrue();
    assertThat(floor(new HeadRoom.Disk.FullIn(Duration.ofDays(5))).floorAlarm()).isFalse();
    assertThat(floor(new HeadRoom.Disk.NotFilling()).floor()).isEqualTo("not filling");
    assertThat(floor(new HeadRoom.Disk.AtFloor()).floor()).isEqualTo("now");
  }

  private static HeadRoomView floor(HeadRoom.Disk disk) {
    return HeadRoomView.of(
        new HeadRoom.Estimate(null, Duration.ZERO, 0, new HeadRoom.Drain.In(Duration.ZERO), disk));
  }

  @Test
  void aProjectGetsAThresholdOfItsOwn() {
    assertThat(page("/p/shop/settings")).contains("placeholder=\"100\"");

    assertThat(sampling("2,500").status()).isEqualTo(303);
    assertThat(world.thresholds.of(world.shop.id())).isEqualTo(2_500);
    assertThat(page("/p/shop/settings")).contains("value=\"2500\"");

    assertThat(sampling("").status()).isEqualTo(303);
    assertThat(world.thresholds.isOwn(world.shop.id())).isFalse();
  }

  @Test
  void aThresholdThatIsNoneChangesNothing() {
    assertThat(sampling("many").status()).isEqualTo(400);
    assertThat(sampling("1000001").status()).isEqualTo(400);
    assertThat(sampling("-1").status()).isEqualTo(400);
    assertThat(world.thresholds.isOwn(world.shop.id())).isFalse();
  }
}
