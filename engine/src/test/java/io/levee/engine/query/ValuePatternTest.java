package io.levee.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class ValuePatternTest {
  @Test
  void coversWholeValues() {
    assertThat(ValuePattern.wildcard("Che*K?ut").matches("checkout")).isTrue();
    assertThat(ValuePattern.wildcard("check").matches("checkout")).isFalse();
    assertThat(ValuePattern.wildcard("*").matches("")).isTrue();
    assertThat(ValuePattern.wildcard("?").matches("\ud83d\ude00")).isTrue();
    assertThat(ValuePattern.wildcard("a\\*b").matches("a*b")).isTrue();
    assertThat(ValuePattern.wildcard("a\\*b").matches("axb")).isFalse();
    assertThat(ValuePattern.wildcard("Shop.c*").prefix()).isEqualTo("shop.c");
    assertThat(ValuePattern.regex("Time.*").matches("timeout")).isTrue();
    assertThat(ValuePattern.regex("time").matches("timeout")).isFalse();
  }

  @Test
  void refusesExpressionThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> ValuePattern.regex("("));
  }

  @Test
  void takesNoLongerForMaliciousPatterns() {
    String value = "a".repeat(1000);

    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          assertThat(ValuePattern.regex("(a*)*b").matches(value)).isFalse();
          assertThat(ValuePattern.wildcard("*a".repeat(30) + "b").matches(value)).isFalse();
        });
  }

  @Test
  void readsTimesAndNumbers() {
    assertThat(Values.number("12.5e3")).isEqualTo(12_500);
    assertThat(Values.number("1.2.3")).isNaN();
    assertThat(Values.number("1d")).isNaN();
    assertThat(Values.number("-0")).isZero();
    assertThat(Values.timeSpan("2026-11-21"))
        .isEqualTo(
            new Values.TimeSpan(
                Values.nanos(Instant.parse("2026-11-21T00:00:00Z")),
                Values.nanos(Instant.parse("2026-11-22T00:00:00Z"))));
    assertThat(Values.timeSpan("2026-11-21T10:00:00+01:00"))
        .extracting(Values.TimeSpan::from)
        .isEqualTo(Values.nanos(Instant.parse("2026-11-21T09:00:00Z")));
    assertThat(Values.timeSpan("soon")).isNull();
    assertThat(Values.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(Values.nanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}
