package io.levee.local.index;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a slice's dictionary from its newest events: one after the other that which is least like
 * those chosen before. What zstd trains can pack a few per cent better, but events that are kept
 * whole can be searched when something is to be deleted for good.
 */
final class DictionaryMaker {
  /** More is seldom found again, and costs memory for every slice that is open. */
  private static final int BYTES_MAX = 110 << 10;

  /** No event may fill it alone. */
  private static final int EVENT_BYTES_MAX = BYTES_MAX / 4;

  private static final int NEWEST = 50_000;
  private static final int CANDIDATES = 250;
  private static final int COMPARING_LEVEL = 1;

  private final List<byte[]> candidates;
  private final int[] cost;
  private final boolean[] chosen;
  private final byte[] scratch = new byte[Math.toIntExact(Zstd.compressBound(EVENT_BYTES_MAX))];

  private DictionaryMaker(List<byte[]> candidates) {
    this.candidates = candidates;
    this.cost = new int[candidates.size()];
    this.chosen = new boolean[candidates.size()];
    Arrays.fill(cost, Integer.MAX_VALUE);
  }

  /** The dictionary for events like those of a slice; null when nothing is to be had of them. */
  static @Nullable EventDictionary of(DirectoryReader reader) throws IOException {
    return EventDictionary.of(reader.maxDoc(), new DictionaryMaker(sample(reader)).choose());
  }

  /** Events at regular distances among the newest; documents lie about in the order of time. */
  private static List<byte[]> sample(DirectoryReader reader) throws IOException {
    List<byte[]> sample = new ArrayList<>();
    int docs = reader.maxDoc();
    int doc = Math.max(0, docs - NEWEST);
    int step = Math.max(1, (docs - doc) / CANDIDATES);
    for (LeafReaderContext leaf : reader.leaves()) {
      int end = leaf.docBase + leaf.reader().maxDoc();
      Bits live = leaf.reader().getLiveDocs();
      StoredFieldsReader stored = ((CodecReader) leaf.reader()).getFieldsReader();
      for (; doc < end; doc += step) {
        boolean there = live == null || live.get(doc - leaf.docBase);
        byte[] json = there ? SliceReader.event(stored, doc - leaf.docBase).json() : new byte[0];
        // A stack's document has none.
        if (json.length > 0 && json.length <= EVENT_BYTES_MAX) {
          sample.add(json);
        }
      }
    }
    return sample;
  }

  private List<byte[]> choose() {
    List<byte[]> choice = new ArrayList<>();
    int bytes = 0;
    for (int next = 0; next >= 0 && next < candidates.size(); next = dearest()) {
      byte[] event = candidates.get(next);
      chosen[next] = true;
      bytes += event.length + 1;
      if (bytes > BYTES_MAX) {
        break;
      }
      choice.add(event);
      compare(event);
    }
    Collections.reverse(choice); // What lies last is nearest to the blocks, and cheapest to name.
    return choice;
  }

  private void compare(byte[] event) {
    try (ZstdDictCompress like = new ZstdDictCompress(event, COMPARING_LEVEL)) {
      for (int i = 0; i < cost.length; i++) {
        if (!chosen[i]) {
          long size = Zstd.compressFastDict(scratch, 0, candidates.get(i), 0, like);
          cost[i] = Zstd.isError(size) ? cost[i] : Math.min(cost[i], (int) size);
        }
      }
    }
  }

  /** The one that none of those chosen is like; -1 when all are chosen. */
  private int dearest() {
    int dearest = -1;
    for (int i = 0; i < cost.length; i++) {
      if (!chosen[i] && (dearest < 0 || cost[i] > cost[dearest])) {
        dearest = i;
      }
    }
    return dearest;
  }
}
