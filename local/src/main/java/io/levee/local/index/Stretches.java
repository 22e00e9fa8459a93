package io.levee.local.index;

import java.io.IOException;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;

/**
 * Says in which stretch of time a segment's events lie. An event's time is looked at only where the
 * skip index does not say that its whole block lies in one stretch: events come roughly in order,
 * so for hours and days nearly none is. Used by one thread; documents in order.
 */
final class Stretches {
  private final Places places;
  private @Nullable NumericDocValues times;
  private @Nullable DocValuesSkipper skipper;
  private int blockEnd;
  private int blockStretch;

  /** The stretch that a moment lies in, in the order of time. */
  @FunctionalInterface
  interface Places {
    int at(long nanos);
  }

  Stretches(Places places) {
    this.places = places;
  }

  /** Goes to a segment. */
  void open(LeafReader reader) throws IOException {
    times = reader.getNumericDocValues(Schema.TIME);
    skipper = reader.getDocValuesSkipper(Schema.TIME);
    blockEnd = -1;
  }

  /** The stretch of a document. */
  int of(int doc) throws IOException {
    if (doc > blockEnd) {
      lookAtBlock(doc);
    }
    if (blockStretch >= 0) {
      return blockStretch;
    }
    NumericDocValues values = times;
    return values != null && values.advanceExact(doc) ? places.at(values.longValue()) : 0;
  }

  /** The longest block of the skip index around a document that lies in one stretch of time. */
  private void lookAtBlock(int doc) throws IOException {
    blockStretch = -1;
    DocValuesSkipper skips = skipper;
    if (skips == null) {
      blockEnd = DocIdSetIterator.NO_MORE_DOCS;
      return;
    }
    if (skips.maxDocID(0) < doc) {
      skips.advance(doc);
    }
    if (skips.minDocID(0) > doc) {
      blockEnd = skips.minDocID(0) - 1;
      return;
    }
    blockEnd = skips.maxDocID(0);
    for (int level = 0; level < skips.numLevels(); level++) {
      int first = places.at(skips.minValue(level));
      if (first != places.at(skips.maxValue(level))) {
        return;
      }
      blockStretch = first;
      blockEnd = skips.maxDocID(level);
    }
  }
}
