package io.levee.console;

import io.levee.engine.index.Histogram;
import io.levee.event.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A histogram as the page draws it: stacked bars in a box of {@link #WIDTH} by {@link #HEIGHT}
 * units that is stretched to its place, and its axes in words.
 *
 * @param peak the highest bar, rounded up to the axis' top
 * @param ticks along the time axis
 * @param keys what the colours mean: the levels that occur, the worst first
 * @param marks moments worth a line across the bars
 */
record Chart(
    List<Bar> bars,
    long peak,
    List<Tick> ticks,
    List<Key> keys,
    List<Mark> marks,
    Instant from,
    Instant to,
    String bucketWords,
    long total) {
  static final int WIDTH = 1000;
  static final int HEIGHT = 100;

  /** A word on the time axis, at a percentage of its length. */
  record Tick(String x, String words) {}

  /** One bucket; x and width in units, the title for hovering: time, sum, then a line a level. */
  record Bar(String x, String width, List<Segment> segments, String title, long count) {}

  /** The events of one level in a bucket. */
  record Segment(String level, String y, String height) {}

  /** A colour of the chart and how many events have it. */
  record Key(String level, String count) {}

  /** A deployment or another moment; what lies outside of the chart is not drawn. */
  record Moment(Instant time, String label) {}

  /** A moment in its place; x in units. */
  record Mark(String x, String label, String time) {}

  static Chart of(Histogram histogram) {
    return of(histogram, List.of());
  }

  /**
   * With lines at some moments.
   *
   * @param moments as deployments; in any order
   */
  static Chart of(Histogram histogram, List<Moment> moments) {
    List<Histogram.Bucket> buckets = histogram.buckets();
    long peak = ChartAxis.top(buckets.stream().mapToLong(Histogram.Bucket::total).max().orElse(0));
    double step = buckets.isEmpty() ? WIDTH : (double) WIDTH / buckets.size();
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      bars.add(bar(buckets.get(i), i * step, step, peak, histogram.bucket()));
    }
    Instant from = buckets.isEmpty() ? Instant.EPOCH : buckets.getFirst().start();
    Instant to = from.plus(histogram.bucket().multipliedBy(Math.max(1, buckets.size())));
    return new Chart(
        bars,
        peak,
        ticks(from, to),
        keys(buckets),
        marks(moments, from, to),
        from,
        to,
        TimeText.span(histogram.bucket().toSeconds()),
        histogram.total());
  }

  private static List<Key> keys(List<Histogram.Bucket> buckets) {
    List<Key> keys = new ArrayList<>();
    Level[] levels = Level.values();
    for (int i = levels.length - 1; i >= 0; i--) {
      Level level = levels[i];
      long sum =
          buckets.stream().mapToLong(bucket -> bucket.byLevel().getOrDefault(level, 0L)).sum();
      if (sum > 0) {
        keys.add(new Key(level.wireName(), Figures.compact(sum)));
      }
    }
    return keys;
  }

  private static List<Mark> marks(List<Moment> moments, Instant from, Instant to) {
    double millis = Math.max(1, Duration.between(from, to).toMillis());
    return moments.stream()
        .filter(moment -> !moment.time().isBefore(from) && moment.time().isBefore(to))
        .map(moment ->
            new Mark(
                Figures.svg(WIDTH * Duration.between(from, moment.time()).toMillis() / millis),
                moment.label(),
                TimeText.absolute(moment.time())))
        .toList();
  }

  private static Bar bar(
      Histogram.Bucket bucket, double x, double step, long peak, Duration width) {
    List<Segment> segments = new ArrayList<>();
    double bottom = HEIGHT;
    Level[] levels = Level.values();
    for (int i = levels.length - 1; i >= 0; i--) {
      long count = bucket.byLevel().getOrDefault(levels[i], 0L);
      if (count > 0) {
        double height = Math.max(0.6, (double) HEIGHT * count / peak);
        bottom -= height;
        segments.add(new Segment(levels[i].wireName(), Figures.svg(bottom), Figures.svg(height)));
      }
    }
    double gap = Math.min(2.5, step * 0.18);
    return new Bar(
        Figures.svg(x + gap / 2),
        Figures.svg(step - gap),
        segments,
        title(bucket, width),
        bucket.total());
  }

  private static String title(Histogram.Bucket bucket, Duration width) {
    StringBuilder words = new StringBuilder();
    words.append(TimeText.absolute(bucket.start())).append(" + ");
    words.append(TimeText.span(width.toSeconds())).append('\n');
    words.append(Figures.count(bucket.total(), "event"));
    bucket
        .byLevel()
        .forEach((level, count) ->
            words.append('\n').append(level.wireName()).append(": ").append(Figures.exact(count)));
    return words.toString();
  }

  /** The words along a stretch of time. */
  static List<Tick> ticks(Instant from, Instant to) {
    return ChartAxis.ticks(from, to);
  }

  /** What a screen reader says. */
  String description() {
    return String.format(
        Locale.ENGLISH,
        "%,d events from %s to %s, in steps of %s; highest step at most %,d",
        total,
        TimeText.absolute(from),
        TimeText.absolute(to),
        bucketWords,
        peak);
  }

  /** What the chart is of: unit, step and time zone. */
  String caption() {
    return "events per " + bucketWords + ", " + Reader.current().zoneName();
  }

  String half() {
    return Figures.compact(peak / 2);
  }

  boolean isEmpty() {
    return total == 0;
  }
}
