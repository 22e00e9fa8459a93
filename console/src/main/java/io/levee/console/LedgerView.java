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
 * The ledger of a stretch of time.
 *
 * @param bars a step each, stacked by outcome
 * @param sums in the order of the outcomes, all of them
 * @param reasons what was not accepted and why, the most frequent first
 * @param received the sum of all outcomes but what clients dropped themselves
 * @param steps a row each for those in which something was counted, the newest first
 * @param stepWords how long a step is
 */
record LedgerView(
    List<Chart.Bar> bars,
    long peak,
    List<Chart.Tick> ticks,
    List<Sum> sums,
    List<Reason> reasons,
    long received,
    List<Step> steps,
    String stepWords) {
  private static final int MINUTES = 60;
  private static final int STEPS_MAX = 100;
  private static final int REASONS_MAX = 12;

  /** An outcome and how many. */
  record Sum(String outcome, String words, String count, String share) {
    boolean isNone() {
      return count.equals("0");
    }
  }

  /** The numbers of one step, in the order of the outcomes. */
  record Step(String time, String received, List<String> counts) {}

  /** Why something was not accepted. */
  record Reason(String outcome, String category, String reason, String count, long quantity) {}

  /** The sixty minutes up to the one in progress. */
  static TimeRange range(Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    return TimeRange.before(end, Duration.ofMinutes(MINUTES));
  }

  static LedgerView of(List<LedgerEntry> entries, TimeRange range) {
    return of(entries, range, Duration.ofMinutes(1));
  }

  /**
   * @param entries whose minute is the start of a step
   * @param range from the start of a step to the end of one
   */
  static LedgerView of(List<LedgerEntry> entries, TimeRange range, Duration width) {
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
    long peak = ChartAxis.top(highest);
    return new LedgerView(
        bars(minutes, range, width, peak),
        highest == 0 ? 0 : peak,
        Chart.ticks(range.from(), range.to()),
        sums(sums, received),
        reasons(entries),
        received,
        steps(minutes),
        TimeText.span(width.toSeconds()));
  }

  private static long received(Map<Outcome, Long> sums) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getKey() != Outcome.CLIENT_DROPPED)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<Chart.Bar> bars(
      Map<Instant, Map<Outcome, Long>> minutes, TimeRange range, Duration width, long peak) {
    long steps = Math.max(1, range.length().dividedBy(width));
    double step = (double) Chart.WIDTH / steps;
    double gap = Math.min(3, step * 0.2);
    List<Chart.Bar> bars = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      Instant minute = range.from().plus(width.multipliedBy(i));
      Map<Outcome, Long> counts = minutes.getOrDefault(minute, Map.of());
      bars.add(
          new Chart.Bar(
              Figures.svg(i * step + gap / 2),
              Figures.svg(step - gap),
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

  private static List<Step> steps(Map<Instant, Map<Outcome, Long>> minutes) {
    List<Step> steps = new ArrayList<>();
    minutes.forEach((minute, counts) -> {
      List<String> numbers = new ArrayList<>();
      for (Outcome outcome : Outcome.values()) {
        numbers.add(Figures.exact(counts.getOrDefault(outcome, 0L)));
      }
      steps.add(new Step(TimeText.absolute(minute), Figures.exact(received(counts)), numbers));
    });
    return steps.reversed().stream().limit(STEPS_MAX).toList();
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
