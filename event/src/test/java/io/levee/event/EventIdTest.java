package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventIdTest {
  @Test
  void readsHexAndUuidInAnyCase() {
    EventId id = new EventId(0x0123456789abcdefL, 0xfedcba9876543210L);

    assertThat(EventId.parse("0123456789abcdeffedcba9876543210")).isEqualTo(id);
    assertThat(EventId.parse("01234567-89AB-CDEF-FEDC-BA9876543210")).isEqualTo(id);
    assertThat(EventId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void refusesEverythingElse() {
    assertThat(EventId.parse("")).isNull();
    assertThat(EventId.parse("0123456789abcdeffedcba987654321")).isNull();
    assertThat(EventId.parse("0123456789abcdeffedcba987654321g")).isNull();
    assertThat(EventId.parse("0123456-789AB-CDEF-FEDC-BA9876543210")).isNull();
    assertThat(EventId.parse("../../etc/passwd0000000000000000")).isNull();
  }

  @Test
  void randomIdsAreVersionFour() {
    assertThat(EventId.random(new Random(1)).toString())
        .matches("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}");
  }

  @Test
  void ordersAsItsDigitsDo() {
    assertThat(new EventId(-1, 0)).isGreaterThan(new EventId(1, 0));
    assertThat(new EventId(1, -1)).isGreaterThan(new EventId(1, 1));
  }

  @Test
  void projectNumbersArePositiveDecimals() {
    assertThat(ProjectId.parse("42")).isEqualTo(new ProjectId(42));
    assertThat(ProjectId.parse("0")).isNull();
    assertThat(ProjectId.parse("-1")).isNull();
    assertThat(ProjectId.parse("1e3")).isNull();
    assertThat(ProjectId.parse("9999999999999999999")).isNull();
  }
}
