package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventRecordTest {
  /** The header of {@link Examples#full} as version 1 wrote it. */
  private static final String VERSION_1 =
      "01020501ffffffffffffffff00000000000000020123456789abcdeffedcba98"
          + "765432100000000000000007000660c6a3eab6c0000660c6a3f816c00000000c"
          + "4089620000000000001e496c6c6567616c5374617465457863657074696f6e3a"
          + "206e6f20636172640015636f6d2e73686f702e436865636b6f75742e70617900"
          + "0d73686f702e636865636b6f757400046a617661000a70726f64756374696f6e"
          + "000a73686f7040342e322e30000231370015496c6c6567616c53746174654578"
          + "63657074696f6e";

  /** The same with a sender and a place in a run as version 2 wrote it. */
  private static final String VERSION_2 =
      "02"
          + VERSION_1.substring(2, 2 * 60)
          + "0000019c"
          + VERSION_1.substring(2 * 64)
          + "0008"
          + "6131623263336434"
          + "06"
          + "fffffffffffffff9"
          + "000000000000019b";

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
    byte[] whole =
        EventHeader.of(Examples.full()).sampledOut(new SamplePlace(5, 17, false)).encode();

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
        .hasMessageContaining("version: 9 (expected: 1 to 3)");
  }

  @Test
  void whoSentItAndWhetherItIsOnlyACountSurvive() {
    EventHeader whole = EventHeader.of(Examples.full(), "a1b2c3d4");
    EventHeader count = whole.sampledOut(new SamplePlace(5, 17, false));

    assertThat(EventRecord.decode(new EventRecord(whole, new byte[] {'{', '}'}).encode()).header())
        .isEqualTo(whole);
    EventRecord decoded = EventRecord.decode(new EventRecord(count, new byte[0]).encode());
    assertThat(decoded.header()).isEqualTo(count);
    assertThat(decoded.header().sampledOut()).isTrue();
    assertThat(decoded.header().senderKey()).isEqualTo("a1b2c3d4");
    assertThat(decoded.body()).isEmpty();
  }

  @Test
  void readsWhatVersionOneWrote() {
    byte[] body = CanonicalJson.write(Examples.full());
    byte[] head = HexFormat.of().parseHex(VERSION_1);
    byte[] bytes = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);

    EventRecord decoded = EventRecord.decode(bytes);

    Event written = Examples.full().toBuilder().variants(List.of()).build();
    assertThat(decoded.header()).isEqualTo(EventHeader.of(written));
    assertThat(decoded.header().senderKey()).isNull();
    assertThat(decoded.header().sampledOut()).isFalse();
    assertThat(decoded.event()).isEqualTo(Examples.full());
  }

  @Test
  void readsWhatVersionTwoWrote() {
    EventHeader written =
        EventHeader.of(Examples.full().toBuilder().variants(List.of()).build(), "a1b2c3d4")
            .standingFor(412, new SamplePlace(-7, 411, true));
    byte[] bytes = HexFormat.of().parseHex(VERSION_2 + "7b");

    EventRecord decoded = EventRecord.decode(bytes);

    assertThat(decoded.header()).isEqualTo(written);
    assertThat(decoded.header().variants()).isEmpty();
    assertThat(decoded.body()).hasSize(1);
  }

  @Test
  void variantsSurvive() {
    assertThat(EventRecord.decode(EventRecord.of(Examples.full()).encode()).header().variants())
        .containsExactly(new Fingerprint(2, 7, -8), new Fingerprint(1, 9, 10));
  }

  @Test
  void whereItStandsInASampledRunSurvives() {
    EventHeader header =
        EventHeader.of(Examples.full(), "a1b2c3d4")
            .standingFor(412, new SamplePlace(-7, 411, true));

    EventRecord decoded = EventRecord.decode(new EventRecord(header, new byte[] {'{'}).encode());

    assertThat(decoded.header()).isEqualTo(header);
    assertThat(decoded.header().weight()).isEqualTo(412);
    assertThat(decoded.header().promoted()).isTrue();
    assertThat(decoded.header().sampledOut()).isFalse();
    assertThat(decoded.body()).hasSize(1);
  }
}
