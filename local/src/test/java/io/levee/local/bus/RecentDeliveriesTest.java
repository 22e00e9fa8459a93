package io.levee.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Delivery;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.EventGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RecentDeliveriesTest {
  private final EventRecord record =
      new EventGenerator(1, new ProjectId(7), Instant.parse("2026-11-21T00:00:00Z"))
          .records(1)
          .getFirst();
  private final RecentDeliveries recent = new RecentDeliveries(10L * record.body().length);

  private Delivery keep(long offset) {
    Delivery delivery = new Delivery(0, offset, record);
    recent.keep(delivery);
    return delivery;
  }

  @Test
  void givesBackWhatWasKept() {
    Delivery seven = keep(7);

    assertThat(recent.at(7)).isSameAs(seven);
    assertThat(recent.at(6)).isNull();
    assertThat(recent.at(7 + 4_096)).isNull();
  }

  @Test
  void aLaterRecordTakesThePlaceAndAnEarlierDoesNot() {
    keep(7);
    Delivery later = keep(7 + 4_096);
    keep(7);

    assertThat(recent.at(7)).isNull();
    assertThat(recent.at(7 + 4_096)).isSameAs(later);
  }

  @Test
  void keepsNoMoreBytesThanItMay() {
    for (int offset = 0; offset < 20; offset++) {
      keep(offset);
    }

    assertThat(recent.at(9)).isNotNull();
    assertThat(recent.at(10)).isNull();
  }

  @Test
  void makesRoomWhereALaterRecordDoesNotFit() {
    for (int offset = 0; offset < 10; offset++) {
      keep(offset);
    }
    keep(4_096 + 20);
    keep(4_096 + 3);
    keep(4_096 + 4);

    assertThat(recent.at(4_096 + 20)).isNull();
    assertThat(recent.at(4_096 + 3)).isNotNull();
    assertThat(recent.at(4_096 + 4)).isNotNull();
  }
}
