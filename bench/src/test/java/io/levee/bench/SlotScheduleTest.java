package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SlotScheduleTest {
  @Test
  void slotIsDueByItsNumberAlone() {
    SlotSchedule schedule = SlotSchedule.lasting(1_000, 4_000, Duration.ofSeconds(2));

    assertThat(schedule.slots()).isEqualTo(8_000);
    assertThat(schedule.dueNanos(0)).isEqualTo(1_000);
    assertThat(schedule.dueNanos(1)).isEqualTo(251_000);
    assertThat(schedule.dueNanos(4_000)).isEqualTo(1_000_001_000);
    assertThat(schedule.endNanos()).isEqualTo(2_000_001_000);
  }

  @Test
  void oddRatesDoNotDrift() {
    SlotSchedule schedule = SlotSchedule.lasting(0, 7_777, Duration.ofHours(1));

    assertThat(schedule.endNanos()).isBetween(3_599_999_999_000L, 3_600_000_001_000L);
  }

  @Test
  void refusesRateOfZero() {
    assertThatThrownBy(() -> new SlotSchedule(0, 0, 1)).hasMessageContaining("rate: 0");
  }
}
