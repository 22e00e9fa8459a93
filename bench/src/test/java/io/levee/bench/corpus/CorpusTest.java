package io.levee.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CorpusTest {
  private static final Instant START = Instant.parse("2026-11-15T12:00:00Z");
  private static final int EVENTS = 20_000;

  private final Corpus corpus = new Corpus(7, EVENTS, START, Duration.ofDays(7));

  @Test
  void sameSeedSameEvents() {
    Corpus again = new Corpus(7, EVENTS, START, Duration.ofDays(7));
    Corpus other = new Corpus(8, EVENTS, START, Duration.ofDays(7));

    assertThat(again.facts(1_234)).isEqualTo(corpus.facts(1_234));
    assertThat(again.id(1_234)).isEqualTo(corpus.id(1_234)).hasSize(32);
    assertThat(other.facts(1_234)).isNotEqualTo(corpus.facts(1_234));
    assertThat(other.id(1_234)).isNotEqualTo(corpus.id(1_234));
  }

  @Test
  void laterNumbersAreLater() {
    for (long number = 1; number < EVENTS; number++) {
      assertThat(corpus.timeMillis(number)).isGreaterThan(corpus.timeMillis(number - 1));
    }
    assertThat(corpus.timeMillis(EVENTS - 1)).isLessThan(corpus.end().toEpochMilli());
  }

  @Test
  void findsFirstEventOfMoment() {
    for (long number = 0; number < 1_000; number++) {
      long at = corpus.timeMillis(number);

      assertThat(corpus.firstAt(at)).isEqualTo(number);
      assertThat(corpus.firstAt(at + 1)).isEqualTo(number + 1);
    }
    assertThat(corpus.firstAt(START.toEpochMilli() - 1)).isZero();
    assertThat(corpus.firstAt(corpus.end().toEpochMilli())).isEqualTo(EVENTS);
  }

  @Test
  void idsDiffer() {
    Set<String> ids = new HashSet<>();
    LongStream.range(0, EVENTS).forEach(number -> ids.add(corpus.id(number)));

    assertThat(ids).hasSize(EVENTS);
  }

  @Test
  void valuesAreOfTheirLists() {
    for (long number = 0; number < EVENTS; number++) {
      Facts event = corpus.facts(number);

      assertThat(event.host()).isBetween(0, Words.HOSTS.size() - 1);
      assertThat(event.release()).isBetween(0, Words.RELEASES.size() - 1);
      assertThat(event.phrase()).isBetween(0, Words.PHRASES.size() - 1);
      assertThat(event.millis()).isBetween(1, Facts.MILLIS_MAX);
      assertThat(event.customer()).isBetween(0, Facts.CUSTOMERS - 1);
    }
  }

  @Test
  void databaseFallsOverAtNine() {
    long evening = errors(21);
    long morning = errors(9);

    assertThat(evening).isGreaterThan(2 * morning);
  }

  private long errors(int hour) {
    return LongStream.range(0, EVENTS)
        .mapToObj(corpus::facts)
        .filter(event -> Corpus.hour(event.epochMillis()) == hour)
        .filter(event -> event.kind() == Facts.Kind.ERROR)
        .count();
  }

  @Test
  void countsNeighbours() {
    for (long events : new long[] {1, 7, 8, 27, 28, 100, EVENTS}) {
      Corpus some = new Corpus(7, events, START, Duration.ofDays(7));
      long neighbours =
          LongStream.range(0, events).filter(n -> some.neighbour(n) != Facts.NONE).count();

      assertThat(some.neighbours()).as("of %d", events).isEqualTo(neighbours);
    }
  }

  @Test
  void refusesMoreEventsThanMilliseconds() {
    assertThatThrownBy(() -> new Corpus(7, 1_001, START, Duration.ofSeconds(1)))
        .hasMessageContaining("1001");
  }
}
