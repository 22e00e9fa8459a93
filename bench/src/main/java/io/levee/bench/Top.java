package io.levee.bench;

import static io.levee.bench.SearchAnswers.number;
import static io.levee.bench.SearchAnswers.text;

import io.levee.event.Json;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The most frequent values with their counts. Which of two values that are equally frequent is named
 * is free; each must have its own count, and the counts must be the greatest.
 *
 * @param column of the value
 * @param counts of all values
 * @param place of a value in them
 */
record Top(String column, int limit, Supplier<long[]> counts, ToIntFunction<String> place)
    implements Asked.Right {
  @Override
  public List<String> expected() {
    long[] sorted = counts.get().clone();
    Arrays.sort(sorted);
    return java.util.stream.IntStream.rangeClosed(1, Math.min(limit, sorted.length))
        .mapToLong(i -> sorted[sorted.length - i])
        .filter(count -> count > 0)
        .mapToObj(count -> "right " + count)
        .toList();
  }

  @Override
  public List<String> ofLevee(Json.Obj answer) {
    long[] all = counts.get();
    return SearchAnswers.rows(answer, column, "count").stream()
        .map(row -> judged(row, all))
        .toList();
  }

  @Override
  public List<String> ofOpenSearch(Json.Obj answer) {
    long[] all = counts.get();
    return SearchAnswers.buckets(
        answer,
        bucket -> judged(text(bucket, "key") + " " + number(bucket, "doc_count"), all));
  }

  private String judged(String row, long[] all) {
    int gap = row.lastIndexOf(' ');
    int at = place.applyAsInt(row.substring(0, gap));
    String count = row.substring(gap + 1);
    return (at >= 0 && Long.toString(all[at]).equals(count) ? "right " : "wrong " + row + " ")
        + count;
  }
}
