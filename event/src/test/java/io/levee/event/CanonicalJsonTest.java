package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CanonicalJsonTest {
  @Test
  void everyFieldSurvivesTheRoundTrip() {
    Event event = Examples.full();

    assertThat(CanonicalJson.read(CanonicalJson.write(event))).isEqualTo(event);
  }

  @Test
  void anEventWithoutAnythingSurvivesTheRoundTrip() {
    assertThat(CanonicalJson.read(CanonicalJson.write(Examples.bare()))).isEqualTo(Examples.bare());
  }

  @Test
  void emptyFieldsAreNotWritten() {
    assertThat(new String(CanonicalJson.write(Examples.bare()), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"id\":\"00000000000000010000000000000002\",\"project\":1,\"kind\":\"error\","
                + "\"time\":\"2026-11-21T10:15:30Z\",\"received\":\"2026-11-21T10:15:30Z\",\"level\":\"error\",\"title\":\"x\","
                + "\"fingerprint\":{\"value\":\"00000000000000030000000000000004\",\"version\":1}}");
  }

  @Test
  void isOneLine() {
    assertThat(new String(CanonicalJson.write(Examples.full()), StandardCharsets.UTF_8))
        .doesNotContain("\n");
  }

  @Test
  void numbersKeepEveryDigit() {
    Event read = CanonicalJson.read(CanonicalJson.write(Examples.full()));

    assertThat(read.extra().text("huge")).isEqualTo("123456789012345678901234567890.125");
  }

  @Test
  void fieldsOfANewerLeveeAreIgnored() {
    byte[] bytes = CanonicalJson.write(Examples.bare());
    String newer =
        new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\{", "{\"mood\":\"calm\",");

    assertThat(CanonicalJson.read(newer.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Examples.bare());
  }

  @Test
  void refusesWhatIsNoEventAndSaysWhy() {
    assertThatThrownBy(() -> CanonicalJson.read("[1]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: an object");
    assertThatThrownBy(() -> CanonicalJson.read("{\"id\":\"x\"".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("at byte");
  }
}
