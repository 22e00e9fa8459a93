package io.levee.local.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Delivery;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.EventGenerator;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentDeliveriesTest {
  private final EventRecord record =
      new EventGenerator(1, new ProjectId(7), Instant.parse("2026-11-21T00:00:00Z"))
          .records(1)
          .getFirst();
  private final RecentDeliveries recent = new RecentDeliveries(0, 10L * record.body().length);

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
    assertThat(recent.at(7 + 2_048)).isNull();
  }

  @Test
  void aLaterRecordTakesThePlaceAndAnEarlierDoesNot() {
    keep(7);
    Delivery later = keep(7 + 2_048);
    keep(7);

    assertThat(recent.at(7)).isNull();
    assertThat(recent.at(7 + 2_048)).isSameAs(later);
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
    keep(2_048 + 20);
    keep(2_048 + 3);
    keep(2_048 + 4);

    assertThat(recent.at(2_048 + 20)).isNull();
    assertThat(recent.at(2_048 + 3)).isNotNull();
    assertThat(recent.at(2_048 + 4)).isNotNull();
  }

  @Test
  void takesApartWhatWasAppended() {
    recent.keep(7, record.encode());

    Delivery first = requireNonNull(recent.at(7));

    assertThat(first.offset()).isEqualTo(7);
    assertThat(first.record().encode()).isEqualTo(record.encode());
    assertThat(recent.at(7)).isSameAs(first);
  }

  @Test
  void givesARunUpToTheFirstGap() {
    List<Delivery> kept = List.of(keep(2_046), keep(2_047), keep(2_048));
    keep(2_050);

    assertThat(recent.from(2_046, 100, Long.MAX_VALUE)).isEqualTo(kept);
    assertThat(recent.from(2_049, 100, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void endsARunAtItsLimits() {
    List<Delivery> kept = List.of(keep(1), keep(2), keep(3));
    long bytes = record.body().length;

    assertThat(recent.from(1, 2, Long.MAX_VALUE)).isEqualTo(kept.subList(0, 2));
    assertThat(recent.from(1, 100, 2 * bytes)).isEqualTo(kept.subList(0, 2));
    assertThat(recent.from(1, 100, 1)).isEqualTo(kept.subList(0, 1));
  }
}
