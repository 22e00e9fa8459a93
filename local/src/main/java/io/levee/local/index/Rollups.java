package io.levee.local.index;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/**
 * Holds the {@link SegmentRollup}s of segments as long as they are open and there is room; those
 * that nobody asked for longest go first. Thread-safe.
 */
final class Rollups {
  private static final long NONE_BYTES = 200;

  private final long bytesMax;
  private final int segmentEventsMin;
  private final Map<Key, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long counted;
  private long served;

  private record Key(IndexReader.CacheKey segment, String field, long stepNanos) {}

  /** A rollup, or that a segment has too many cells for one. */
  private record Held(@Nullable SegmentRollup rollup) {
    long bytes() {
      return NONE_BYTES + (rollup == null ? 0 : rollup.bytes());
    }
  }

  Rollups(long bytesMax, int segmentEventsMin) {
    this.bytesMax = bytesMax;
    this.segmentEventsMin = segmentEventsMin;
  }

  /**
   * The rollup of a segment; null when looking through it is as good.
   *
   * @param field besides project and level; null for none
   */
  @Nullable SegmentRollup of(LeafReader reader, @Nullable String field, long stepNanos)
      throws IOException {
    IndexReader.CacheHelper helper = reader.getReaderCacheHelper();
    if (helper == null || reader.maxDoc() < segmentEventsMin) {
      return null;
    }
    Key key = new Key(helper.getKey(), field == null ? "" : field, stepNanos);
    synchronized (this) {
      Held known = held.get(key);
      if (known != null) {
        served++;
        return known.rollup();
      }
    }
    Held made = new Held(SegmentRollup.of(reader, field, stepNanos));
    helper.addClosedListener(this::drop);
    add(key, made);
    return made.rollup();
  }

  private synchronized void add(Key key, Held made) {
    counted++;
    Held old = held.put(key, made);
    bytes += made.bytes() - (old == null ? 0 : old.bytes());
    Iterator<Held> eldest = held.values().iterator();
    while (bytes > bytesMax && eldest.hasNext()) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  private synchronized void drop(IndexReader.CacheKey segment) {
    held.entrySet()
        .removeIf(entry -> {
          boolean gone = entry.getKey().segment() == segment;
          bytes -= gone ? entry.getValue().bytes() : 0;
          return gone;
        });
  }

  synchronized RollupState state() {
    return new RollupState(held.size(), bytes, counted, served);
  }
}
