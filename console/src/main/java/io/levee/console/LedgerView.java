package io.levee.console;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of the last hour.
 *
 * @param bars a minute each, stacked by outcome
 * @param sums in the order of the outcomes, all of them
 * @param reasons what was not accepted and why, the most frequent first
 * @param received the sum of all outcomes but what clients dropped themselves
 */
record LedgerView(
    List<Chart.Bar> bars,
    long peak,
    List<Chart.Tick> ticks,
    List<Sum> sums,
    List<Reason> reasons,
    long received) {
  private static final int MINUTES = 60;
  private static final int REASONS_MAX = 12;

  /** An outcome and how many. */
  record Sum(String outcome, String words, String count, String share) {}

  /** Why something was not accepted. */
  record Reason(String outcome, String category, String reason, String count, long quantity) {}

  /** The sixty minutes up to the one in progress. */
  static TimeRange range(Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    return TimeRange.before(end, Duration.ofMinutes(MINUTES));
  }

  static LedgerView of(List<LedgerEntry> entries, TimeRange range) {
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    Map<Instant, Map<Outcome, Long>> minutes = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      sums.merge(entry.outcome(), entry.quantity(), Long::sum);
      minutes
          .computeIfAbsent(entry.minute(), ignored -> new EnumMap<>(Outcome.class))
          .merge(entry.outcome(), entry.quantity(), Long::sum);
    }
    long received = received(sums);
    long highest = minutes.values().stream().mapToLong(LedgerView::received).max().orElse(0);
    long peak = Math.max(1, highest);
    return new LedgerView(
        bars(minutes, range, peak),
        highest,
        Chart.ticks(range.from(), range.to()),
        sums(sums, received),
        reasons(entries),
        received);
  }

  private static long received(Map<Outcome, Long> sums) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getKey() != Outcome.CLIENT_DROPPED)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<Chart.Bar> bars(
      Map<Instant, Map<Outcome, Long>> minutes, TimeRange range, long peak) {
    double step = (double) Chart.WIDTH / MINUTES;
    List<Chart.Bar> bars = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      Instant minute = range.from().plus(i, ChronoUnit.MINUTES);
      Map<Outcome, Long> counts = minutes.getOrDefault(minute, Map.of());
      bars.add(
          new Chart.Bar(
              Figures.svg(i * step + 1.5),
              Figures.svg(step - 3),
              segments(counts, peak),
              title(minute, counts),
              received(counts)));
    }
    return bars;
  }

  private static List<Chart.Segment> segments(Map<Outcome, Long> counts, long peak) {
    List<Chart.Segment> segments = new ArrayList<>();
    double bottom = Chart.HEIGHT;
    for (Outcome outcome : Outcome.values()) {
      long count = counts.getOrDefault(outcome, 0L);
      if (count > 0 && outcome != Outcome.CLIENT_DROPPED) {
        double height = Math.max(0.6, (double) Chart.HEIGHT * count / peak);
        bottom = Math.max(0, bottom - height);
        segments.add(
            new Chart.Segment(outcome.wireName(), Figures.svg(bottom), Figures.svg(height)));
      }
    }
    return segments;
  }

  private static String title(Instant minute, Map<Outcome, Long> counts) {
    StringBuilder words = new StringBuilder(TimeText.absolute(minute));
    for (Outcome outcome : Outcome.values()) {
      long count = counts.getOrDefault(outcome, 0L);
      if (count > 0) {
        words.append('\n').append(words(outcome)).append(": ").append(Figures.exact(count));
      }
    }
    return words.toString();
  }

  private static List<Sum> sums(Map<Outcome, Long> sums, long received) {
    List<Sum> all = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long count = sums.getOrDefault(outcome, 0L);
      String share = outcome == Outcome.CLIENT_DROPPED ? "" : Figures.percent(count, received);
      all.add(new Sum(outcome.wireName(), words(outcome), Figures.exact(count), share));
    }
    return all;
  }

  static String words(Outcome outcome) {
    return outcome.wireName().replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static List<Reason> reasons(List<LedgerEntry> entries) {
    record Line(Outcome outcome, String category, String reason) {}
    Map<Line, Long> sums = new HashMap<>();
    for (LedgerEntry entry : entries) {
      if (entry.outcome() != Outcome.ACCEPTED) {
        sums.merge(
            new Line(entry.outcome(), entry.category(), entry.reason()),
            entry.quantity(),
            Long::sum);
      }
    }
    return sums.entrySet().stream()
        .map(sum ->
            new Reason(
                words(sum.getKey().outcome()),
                sum.getKey().category(),
                sum.getKey().reason(),
                Figures.exact(sum.getValue()),
                sum.getValue()))
        .sorted(Comparator.comparingLong(Reason::quantity).reversed().thenComparing(Reason::reason))
        .limit(REASONS_MAX)
        .toList();
  }
}
