package io.levee.bench;

import static io.levee.bench.SearchAnswers.number;
import static io.levee.bench.SearchAnswers.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The most frequent values with their counts. Which of two values that are equally frequent is
 * named is free; each must have its own count, and the counts must be the greatest.
 *
 * @param column of the value
 * @param counts of all values
 * @param place of a value in them, negative when it is none
 */
record Top(String column, int limit, Supplier<long[]> counts, ToIntFunction<String> place) {
  Asked.Right right() {
    return new Asked.Right(
        this::expected,
        answer -> judged(SearchAnswers.rows(answer, column, "count")),
        answer ->
            judged(
                SearchAnswers.buckets(answer).stream()
                    .map(bucket -> text(bucket, "key") + " " + number(bucket, "doc_count"))
                    .toList()));
  }

  private List<String> expected() {
    long[] sorted = counts.get().clone();
    Arrays.sort(sorted);
    return IntStream.rangeClosed(1, Math.min(limit, sorted.length))
        .mapToLong(i -> sorted[sorted.length - i])
        .filter(count -> count > 0)
        .mapToObj(count -> "right " + count)
        .toList();
  }

  /**
   * @param rows value, blank, count
   */
  List<String> judged(List<String> rows) {
    long[] all = counts.get();
    return rows.stream().map(row -> judged(row, all)).toList();
  }

  private String judged(String row, long[] all) {
    int gap = row.lastIndexOf(' ');
    int at = place.applyAsInt(row.substring(0, Math.max(0, gap)));
    String count = row.substring(gap + 1);
    return at >= 0 && Long.toString(all[at]).equals(count) ? "right " + count : "wrong " + row;
  }
}
