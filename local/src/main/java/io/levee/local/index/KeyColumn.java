package io.levee.local.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;

/**
 * The values of some keys in doc values that all keys share: each key's lie next to each other in
 * the dictionary. Used by one thread.
 */
final class KeyColumn {
  private final String field;
  private final List<String> prefixes;
  private final int[] prefixBytes;
  private final long[] firsts;
  private final long[] behinds;

  // Of the segment that is read.
  private SortedSetDocValues values = DocValues.emptySortedSet();
  private long size;
  private boolean several;

  KeyColumn(String field, List<String> paths) {
    this.field = field;
    this.prefixes = paths.stream().map(path -> Schema.exact(path, "")).toList();
    this.prefixBytes = prefixes.stream().mapToInt(text -> new BytesRef(text).length).toArray();
    this.firsts = new long[paths.size()];
    this.behinds = new long[paths.size()];
  }

  /** Goes to a segment; how many different values the keys have there. */
  long open(LeafReader reader) throws IOException {
    size = 0;
    several = false;
    values =
        prefixes.isEmpty() ? DocValues.emptySortedSet() : DocValues.getSortedSet(reader, field);
    for (int i = 0; i < firsts.length; i++) {
      BytesRef end = new BytesRef(prefixes.get(i)); // Ends with an ASCII separator.
      firsts[i] = ordAtOrBehind(new BytesRef(prefixes.get(i)));
      end.bytes[end.offset + end.length - 1]++;
      behinds[i] = ordAtOrBehind(end);
      size += behinds[i] - firsts[i];
    }
    return size;
  }

  private long ordAtOrBehind(BytesRef term) throws IOException {
    long ord = values.lookupTerm(term);
    return ord >= 0 ? ord : -ord - 1;
  }

  long size() {
    return size;
  }

  /** The place of a document's first value; -1 when it has none. */
  long place(int doc) throws IOException {
    if (size == 0 || !values.advanceExact(doc)) {
      return -1;
    }
    long found = -1;
    for (int i = 0; i < values.docValueCount(); i++) {
      long place = placeOf(values.nextOrd());
      several |= place >= 0 && found >= 0;
      found = found < 0 ? place : found;
    }
    return found;
  }

  private long placeOf(long ord) {
    long before = 0;
    for (int i = 0; i < firsts.length; i++) {
      if (ord >= firsts[i] && ord < behinds[i]) {
        return before + ord - firsts[i];
      }
      before += behinds[i] - firsts[i];
    }
    return -1;
  }

  /**
   * Adds what goes through the values of each key.
   *
   * @param begin the place of the column's first value
   */
  void cursors(PlaceCounts counts, int begin, List<ValueCursor> to) throws IOException {
    int at = begin;
    for (int i = 0; i < firsts.length; i++) {
      int end = at + Math.toIntExact(behinds[i] - firsts[i]);
      if (end > at) {
        to.add(new ValueCursor(values.termsEnum(), firsts[i], prefixBytes[i], counts, at, end));
      }
      at = end;
    }
  }

  /** Whether a document of the segment had several. */
  boolean several() {
    return several;
  }

  /** The value at a place. */
  String word(long place) throws IOException {
    long rest = place;
    for (int i = 0; i < firsts.length; i++) {
      long here = behinds[i] - firsts[i];
      if (rest < here) {
        BytesRef term = values.lookupOrd(firsts[i] + rest);
        int prefix = prefixBytes[i];
        return new String(
            term.bytes, term.offset + prefix, term.length - prefix, StandardCharsets.UTF_8);
      }
      rest -= here;
    }
    throw new IllegalArgumentException("place: " + place + " (expected: less than " + size + ")");
  }
}
