package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EventRecordTest {
  @Test
  void headerAndBodySurviveTheRoundTrip() {
    EventRecord record = EventRecord.of(Examples.full());

    EventRecord decoded = EventRecord.decode(record.encode());

    assertThat(decoded.header()).isEqualTo(record.header());
    assertThat(decoded.event()).isEqualTo(Examples.full());
  }

  @Test
  void absentAndEmptyTextsStayDifferent() {
    Event event = Examples.bare().toBuilder().logger("").build();

    EventHeader header = EventRecord.decode(EventRecord.of(event).encode()).header();

    assertThat(header.logger()).isEmpty();
    assertThat(header.culprit()).isNull();
  }

  @Test
  void longTextsAreCutAtACharacter() {
    Event event = Examples.bare().toBuilder().title("a" + "ü".repeat(600)).build();

    String title = EventRecord.decode(EventRecord.of(event).encode()).header().title();

    assertThat(title.getBytes(StandardCharsets.UTF_8)).hasSize(EventHeader.TEXT_BYTES_MAX - 1);
    assertThat(title).isEqualTo("a" + "ü".repeat(255));
  }

  @Test
  void everyCutOfTheHeaderIsRefused() {
    byte[] whole = EventHeader.of(Examples.full()).encode();

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> EventRecord.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    byte[] bytes = EventRecord.of(Examples.bare()).encode();
    bytes[0] = 9;

    assertThatThrownBy(() -> EventRecord.decode(bytes))
        .hasMessageContaining("version: 9 (expected: 1)");
  }
}
