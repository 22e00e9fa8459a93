package io.levee.bench;

import io.levee.bench.corpus.Corpus;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A stretch of a corpus, its end not included.
 *
 * @param from number of the first event
 * @param to number of the first event behind it
 */
record Stretch(long fromMillis, long toMillis, long from, long to) {
  static Stretch of(Corpus corpus, long fromMillis, long toMillis) {
    return new Stretch(fromMillis, toMillis, corpus.firstAt(fromMillis), corpus.firstAt(toMillis));
  }

  /** From some odd millisecond to another. */
  static Stretch anywhere(Corpus corpus, RandomGenerator random, long lengthMillis) {
    long room = corpus.spread().toMillis() - lengthMillis;
    long from = corpus.start().toEpochMilli() + random.nextLong(room + 1);
    return of(corpus, from, from + lengthMillis);
  }

  /** Of at least nine tenths of all, so of what someone sees who asks for everything. */
  static Stretch most(Corpus corpus, RandomGenerator random) {
    long whole = corpus.spread().toMillis();
    return anywhere(corpus, random, whole - random.nextLong(whole / 10));
  }

  long lengthMillis() {
    return toMillis - fromMillis;
  }

  /** More parameters of a question to Levee. */
  String leveeRange() {
    return "&from=" + Instant.ofEpochMilli(fromMillis) + "&to=" + Instant.ofEpochMilli(toMillis);
  }

  /** A filter for OpenSearch. */
  String openSearchRange() {
    return "{\"range\":{\"time\":{\"gte\":%d,\"lt\":%d,\"format\":\"epoch_millis\"}}}"
        .formatted(fromMillis, toMillis);
  }
}
