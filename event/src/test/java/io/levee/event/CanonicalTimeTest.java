package io.levee.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CanonicalTimeTest {
  @Test
  void readsWhatAnInstantWrites() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      long seconds = random.nextLong(-70_000_000_000L, 300_000_000_000L);
      int nanos = random.nextInt(1_000_000_000);
      int coarse = List.of(1, 1_000, 1_000_000, 1_000_000_000).get(i % 4);
      Instant time = Instant.ofEpochSecond(seconds, nanos - nanos % coarse);

      assertThat(CanonicalTime.parse(time.toString())).isEqualTo(time);
      assertThat(CanonicalTime.write(time)).isEqualTo(time.toString());
    }
  }

  @Test
  void writesEveryTimeAsAnInstantDoes() {
    for (String time :
        List.of(
            "0000-01-01T00:00:00Z",
            "-0001-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z",
            "2024-02-29T00:00:00.001Z",
            "1969-12-31T23:59:59.000001Z")) {
      assertThat(CanonicalTime.write(Instant.parse(time))).isEqualTo(time);
    }
    assertThat(CanonicalTime.write(Instant.MIN)).isEqualTo(Instant.MIN.toString());
    assertThat(CanonicalTime.write(Instant.MAX)).isEqualTo(Instant.MAX.toString());
  }

  @Test
  void agreesWithTheGeneralParserWhateverComes() {
    Random random = new Random(5);
    String alphabet = "0123456789-:.TZz+ \u0663";
    List<String> seeds =
        List.of(
            "2026-11-21T12:34:56.123456789Z",
            "2024-02-29T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T12:34:56.Z",
            "2026-11-21T12:34:56.1Z",
            "2026-11-21T12:34:56+01:00",
            "+12026-11-21T12:34:56Z",
            "-0001-11-21T12:34:56Z",
            "",
            "Z");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(seeds.get(i % seeds.size()));
      for (int change = i < seeds.size() ? 0 : random.nextInt(3); change > 0; change--) {
        if (!text.isEmpty()) {
          char c = alphabet.charAt(random.nextInt(alphabet.length()));
          text.setCharAt(random.nextInt(text.length()), c);
        }
      }
      agrees(text.toString());
    }
  }

  private static void agrees(String text) {
    Instant expected;
    try {
      expected = Instant.parse(text);
    } catch (DateTimeException e) {
      assertThatIllegalArgumentException().isThrownBy(() -> CanonicalTime.parse(text));
      return;
    }
    assertThat(CanonicalTime.parse(text)).as(text).isEqualTo(expected);
  }
}
