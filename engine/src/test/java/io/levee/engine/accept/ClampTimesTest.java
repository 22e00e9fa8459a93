package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.Mark;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClampTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final ClampTimes clamp = new ClampTimes(clock);

  private static Event at(Instant time) {
    return Event.builder(new EventId(1, 2), new ProjectId(1)).time(time).received(NOW).build();
  }

  @Test
  void leavesPlausibleTimesAlone() {
    Event late = at(NOW.minus(Duration.ofDays(90)));
    Event ahead = at(NOW.plus(Duration.ofMinutes(5)));

    assertThat(clamp.apply(late)).isSameAs(late);
    assertThat(clamp.apply(ahead)).isSameAs(ahead);
  }

  @Test
  void givesImplausibleTimesTheTimeOfReceipt() {
    for (Instant claimed :
        new Instant[] {
          NOW.plusSeconds(301),
          NOW.minus(Duration.ofDays(91)),
          Instant.EPOCH,
          Instant.MAX,
          Instant.MIN
        }) {
      Event clamped = clamp.apply(at(claimed));

      assertThat(clamped.time()).isEqualTo(NOW);
      assertThat(clamped.marks())
          .containsExactly(new Mark("time", Mark.Change.CLAMPED, claimed.toString()));
    }
  }

  @Test
  void refusesNegativeTolerances() {
    assertThatThrownBy(() -> new ClampTimes(clock, Duration.ofSeconds(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: not negative");
  }
}
