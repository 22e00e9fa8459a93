package io.levee.bench;

import static io.levee.bench.SearchAnswers.number;
import static io.levee.bench.SearchAnswers.text;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.Facts;
import io.levee.bench.corpus.Truth;
import io.levee.event.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Histograms by level as lines: a bucket's start and its levels, only buckets with events. */
final class HistogramLines {
  private HistogramLines() {}

  static List<String> expected(Corpus corpus, Truth truth, Stretch at, long widthMillis) {
    List<String> lines = new ArrayList<>();
    long first = Math.floorDiv(at.fromMillis(), widthMillis) * widthMillis;
    for (long start = first; start < at.toMillis(); start += widthMillis) {
      long from = Math.max(at.from(), corpus.firstAt(start));
      long to = Math.max(from, Math.min(at.to(), corpus.firstAt(start + widthMillis)));
      long[] counts = truth.byLevel(from, to);
      Set<String> levels = new TreeSet<>();
      for (Facts.Severity level : Facts.Severity.values()) {
        if (counts[level.place()] > 0) {
          levels.add(level.word() + "=" + counts[level.place()]);
        }
      }
      add(lines, Instant.ofEpochMilli(start), levels);
    }
    return lines;
  }

  static List<String> ofLevee(Json.Obj answer) {
    List<String> lines = new ArrayList<>();
    for (Json bucket : answer.array("buckets")) {
      Set<String> levels = new TreeSet<>();
      if (bucket instanceof Json.Obj object) {
        object
            .object("levels")
            .fields()
            .forEach((level, count) -> levels.add(level + "=" + count.scalarText()));
      }
      add(lines, Instant.parse(text(bucket, "start")), levels);
    }
    return lines;
  }

  static List<String> ofOpenSearch(Json.Obj answer) {
    List<String> lines = new ArrayList<>();
    for (Json.Obj bucket : SearchAnswers.buckets(answer)) {
      Set<String> levels = new TreeSet<>();
      for (Json level : bucket.object("levels").array("buckets")) {
        levels.add(text(level, "key") + "=" + text(level, "doc_count"));
      }
      add(lines, Instant.ofEpochMilli(number(bucket, "key")), levels);
    }
    return lines;
  }

  private static void add(List<String> lines, Instant start, Set<String> levels) {
    if (!levels.isEmpty()) {
      lines.add(start + " " + levels);
    }
  }
}
