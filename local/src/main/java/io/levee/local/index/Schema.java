package io.levee.local.index;

import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * The Lucene fields of an event, and how their values are written. Everything that is compared
 * whole lies in one Lucene field as {@code name, separator, value}, and every number in one point
 * field as {@code hash of name, value}: so a thousand different tags are still two fields.
 */
final class Schema {
  /** Term {@code id/project}: makes an event unique. */
  static final String KEY = "key";

  /** Terms {@code name US value} of exact fields and leaves; {@code US name} when it exists. */
  static final String EXACT = "exact";

  /** Words of everything, with positions. */
  static final String WORDS = "words";

  /** Points of 16 bytes: hash of the name, sortable number. */
  static final String NUMBER = "number";

  /** Doc values: ns since the epoch, with a skip index. */
  static final String TIME = "time";

  /** Doc values: 64 bits of project and id; orders events of the same time, and feeds filters. */
  static final String TIE = "tie";

  /** Doc values: weight less one; absent for a weight of one. */
  static final String EXTRA_WEIGHT = "extra_weight";

  /** Doc values: the level's code. */
  static final String LEVEL = "level_code";

  /** Sorted set doc values {@code tags.name US value}. */
  static final String TAGS = "tags";

  /** Stored: canonical JSON. */
  static final String JSON = "json";

  /** Begins the names of Lucene fields that hold a text field's words. */
  static final String TEXT_PREFIX = "text.";

  /** Begins the names of doc values that hold a facet. */
  static final String FACET_PREFIX = "facet.";

  private static final char SEPARATOR = '\u001F';
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Schema() {}

  static BytesRef key(EventId id, ProjectId project) {
    return new BytesRef((id + "/" + project).getBytes(StandardCharsets.US_ASCII));
  }

  /** What the keys of all events with this id begin with, whatever their project. */
  static BytesRef keyPrefix(EventId id) {
    return new BytesRef((id + "/").getBytes(StandardCharsets.US_ASCII));
  }

  /** The term of a name's value, or without a value what its terms begin with. */
  static String exact(String name, String value) {
    return name + SEPARATOR + value;
  }

  static String exists(String name) {
    return SEPARATOR + name;
  }

  static long tie(EventId id, ProjectId project) {
    return mix(id.high() + mix(id.low() ^ mix(project.value())));
  }

  /** A point's 16 bytes. */
  static byte[] number(String name, double value) {
    byte[] bytes = new byte[2 * Long.BYTES];
    NumericUtils.longToSortableBytes(hash(name), bytes, 0);
    NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(value), bytes, Long.BYTES);
    return bytes;
  }

  private static long hash(String name) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Stafford's variant 13 of the finalizer in MurmurHash3. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
