package io.levee.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each count beside one that looks at every event. */
final class TruthTest {
  private static final int EVENTS = 30_000;
  private static final long FROM = 123;
  private static final long TO = 20_011;

  private final Corpus corpus =
      new Corpus(7, EVENTS, Instant.parse("2026-11-15T12:00:00Z"), Duration.ofDays(3));
  private final Truth truth = Truth.of(corpus);

  private Stream<Facts> events(long from, long to) {
    return LongStream.range(from, to).mapToObj(corpus::facts);
  }

  @Test
  void countsByHour() {
    Predicate<Facts> late =
        event -> event.level() == Facts.Severity.ERROR && Corpus.hour(event.epochMillis()) == 21;

    assertThat(truth.byHour(Facts.Severity.ERROR, FROM, TO)[21])
        .isEqualTo(events(FROM, TO).filter(late).count())
        .isPositive();
  }

  @Test
  void countsByLevel() {
    long[] counts = truth.byLevel(FROM, TO);

    assertThat(LongStream.of(counts).sum()).isEqualTo(TO - FROM);
    assertThat(counts[Facts.Severity.WARNING.place()])
        .isEqualTo(
            events(FROM, TO).filter(event -> event.level() == Facts.Severity.WARNING).count());
  }

  @Test
  void countsNothingInEmptyStretch() {
    assertThat(LongStream.of(truth.byLevel(TO, TO)).sum()).isZero();
    assertThat(LongStream.of(truth.byLevel(0, EVENTS)).sum()).isEqualTo(EVENTS);
  }

  @Test
  void countsByHost() {
    assertThat(truth.byHost(2, FROM, TO)[5])
        .isEqualTo(
            events(FROM, TO).filter(event -> event.phrase() == 2 && event.host() == 5).count())
        .isPositive();
  }

  @Test
  void countsByCustomer() {
    int[] counts = truth.byCustomer(FROM);
    int customer = corpus.facts(FROM).customer();

    assertThat(counts[customer])
        .isEqualTo(
            (int) events(FROM, EVENTS).filter(event -> event.customer() == customer).count());
    assertThat(truth.customers())
        .isEqualTo(events(0, EVENTS).map(Facts::customer).distinct().count());
  }

  @Test
  void listsNewest() {
    Predicate<Facts> filter = event -> event.host() == 3;

    List<Long> newest = truth.newest(filter, TO, 10);

    assertThat(newest)
        .containsExactlyElementsOf(
            events(0, TO)
                .filter(filter)
                .map(Facts::number)
                .sorted((a, b) -> Long.compare(b, a))
                .limit(10)
                .toList());
  }

  @Test
  void knowsRareWordsAndTraces() {
    assertThat(truth.withRare(1))
        .containsExactlyElementsOf(
            events(0, EVENTS).filter(event -> event.rare() == 1).map(Facts::number).toList());
    assertThat(truth.withTraceOf(4_242)).containsExactly(4_243L, 4_242L, 4_241L, 4_240L);
    assertThat(corpus.trace(4_243)).isEqualTo(corpus.trace(4_240));
    assertThat(corpus.trace(4_244)).isNotEqualTo(corpus.trace(4_243));
  }

  @Test
  void addsUpWhatTookSoLong() {
    List<Facts> slow =
        events(0, EVENTS)
            .filter(event -> event.logger() == 2 || event.logger() == 4)
            .filter(event -> event.millis() >= 300 && event.millis() < 900)
            .toList();

    assertThat(truth.taken(Set.of(2, 4), 300, 900))
        .isEqualTo(new Truth.Taken(slow.size(), slow.stream().mapToLong(Facts::millis).sum()));
  }
}
