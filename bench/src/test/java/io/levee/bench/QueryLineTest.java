package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QueryLineTest {
  private static final Asked ASKED =
      new Asked("/", null, new Asked.Right(List::of, answer -> List.of(), answer -> List.of()));
  private static final QuestionKind KIND =
      new QuestionKind("errors by hour", Duration.ofMillis(30), 3, random -> ASKED);

  /** Askings of 1, 2, 3 … times so many milliseconds. */
  private static Measured measured(int millis, @Nullable String wrong) {
    List<Duration> times =
        new ArrayList<>(
            IntStream.rangeClosed(1, 20)
                .mapToObj(i -> Duration.ofMillis((long) i * millis))
                .toList());
    return new Measured(times.reversed(), "counted in the index", wrong);
  }

  @Test
  void percentileIsOneOfTheTimes() {
    Measured twenty = measured(1, null);

    assertThat(twenty.percentile(0.5)).isEqualTo(Duration.ofMillis(10));
    assertThat(twenty.p95()).isEqualTo(Duration.ofMillis(19));
    assertThat(twenty.percentile(1)).isEqualTo(Duration.ofMillis(20));
    assertThat(twenty.percentile(0)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void holdsWhenFastAndFaster() {
    QueryLine line = new QueryLine(KIND, measured(1, null), measured(3, null));

    assertThat(line.held()).isTrue();
    assertThat(line.text())
        .contains("p50    10.00  p95    19.00  max    20.00 ms of  20")
        .contains("(must p95 < 30 ms): held; counted in the index")
        .contains("Levee is 3.0 x faster at p50, 3.0 x at p95 (must 3 x)");
  }

  @Test
  void fallsShortWhenSlow() {
    QueryLine line = new QueryLine(KIND, measured(2, null), null);

    assertThat(line.held()).isFalse();
    assertThat(line.right()).isTrue();
    assertThat(line.text()).contains("falls short: too slow").doesNotContain("OpenSearch");
  }

  @Test
  void fallsShortWhenYardstickIsNearer() {
    QueryLine line = new QueryLine(KIND, measured(1, null), measured(2, null));

    assertThat(line.held()).isFalse();
    assertThat(line.text()).contains("falls short: too little faster");
    assertThat(new QueryLine(KIND, measured(4, null), measured(1, null)).text())
        .contains("0.25 x faster at p50");
  }

  @Test
  void wrongAnswerNeverHolds() {
    QueryLine line = new QueryLine(KIND, measured(1, null), measured(9, "4 (expected: 5)"));

    assertThat(line.right()).isFalse();
    assertThat(line.held()).isFalse();
    assertThat(line.text())
        .contains("WRONG ANSWER")
        .contains("OpenSearch answered wrongly: 4 (expected: 5)");
  }
}
