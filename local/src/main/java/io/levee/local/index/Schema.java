package io.levee.local.index;

import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * The Lucene fields of an event, and how their values are written. Everything that is compared
 * whole lies in one Lucene field as {@code name, separator, value}, and every number in one point
 * field as {@code hash of name, value}: so a thousand different tags are still two fields.
 */
final class Schema {
  /** Term of the id's 16 bytes and the project's, without leading zeros: makes an event unique. */
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

  /** The same of extra, contexts and the user's data: {@code extra.name US value}. */
  static final String LEAVES = "leaves";

  /** Terms of the paths and names whose values in this event are not in these doc values. */
  static final String UNCOUNTED = "uncounted";

  /** Terms {@code project US path} of keys that are; one event of a slice has it for each. */
  static final String KEYS = "keys";

  /** Stored: canonical JSON. */
  static final String JSON = "json";

  /** Terms of the hashes of an event's stacks. */
  static final String STACK = "stack";

  /** Term and doc values of a stack's document: its hash. Events have neither. */
  static final String STACK_KEY = "stack_key";

  /** As {@link #EXACT}, of a stack's document. */
  static final String STACK_EXACT = "stack_exact";

  /** As {@link #WORDS}, of a stack's document. */
  static final String STACK_WORDS = "stack_words";

  /** Of fields that hold words. */
  static final FieldType WORDS_TYPE = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

  /** Of fields that hold whole terms. */
  static final FieldType TERMS_TYPE = type(IndexOptions.DOCS);

  /** Begins the names of Lucene fields that hold a text field's words. */
  static final String TEXT_PREFIX = "text.";

  /** Begins the names of doc values that hold a facet. */
  static final String FACET_PREFIX = "facet.";

  static final char SEPARATOR = '\u001F';

  /** Begins packed values; before there was an order among them, and since. */
  static final char PACKED_BEFORE = '\u001E';

  static final char PACKED = '\u001D';
  private static final int PACKED_CHARS = 20;
  private static final int PACKED_BITS = 7;
  private static final int PACKED_MASK = 0x7F;
  private static final int LAST_MASK = 3;
  private static final int ID_BYTES = 16;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Schema() {}

  private static FieldType type(IndexOptions options) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setOmitNorms(true);
    type.setIndexOptions(options);
    type.freeze();
    return type;
  }

  static BytesRef key(EventId id, ProjectId project) {
    int projectBytes = (Long.SIZE - Long.numberOfLeadingZeros(project.value()) + 7) / 8;
    ByteBuffer key = ByteBuffer.allocate(ID_BYTES + projectBytes);
    key.putLong(id.high()).putLong(id.low());
    for (int i = projectBytes - 1; i >= 0; i--) {
      key.put((byte) (project.value() >>> (8 * i)));
    }
    return new BytesRef(key.array());
  }

  /** What the keys of all events with this id begin with, whatever their project. */
  static BytesRef keyPrefix(EventId id) {
    return new BytesRef(ByteBuffer.allocate(ID_BYTES).putLong(id.high()).putLong(id.low()).array());
  }

  /** The id in a key, as hex digits. */
  static String idOf(BytesRef key) {
    return HexFormat.of().formatHex(key.bytes, key.offset, key.offset + ID_BYTES);
  }

  /** The project in a key. */
  static ProjectId projectOf(BytesRef key) {
    long project = 0;
    for (int i = ID_BYTES; i < key.length; i++) {
      project = (project << 8) | (key.bytes[key.offset + i] & 0xFF);
    }
    return new ProjectId(project);
  }

  /** The term of a name's value, or with an empty value what the name's terms begin with. */
  static String exact(String name, String value) {
    return name + SEPARATOR + value(name, value);
  }

  /** What stands for a value in the terms of a name. */
  static String value(String name, String value) {
    return packs(name) ? packed(value) : value;
  }

  /** Whether the values of a name are packed, if they are what can be. */
  static boolean packs(String name) {
    return name.equals("trace_id");
  }

  /**
   * Random hex digits are the dearest terms there are: seven bits a char instead of four, the first
   * first, so that packed values lie in the order of the digits.
   */
  private static String packed(String value) {
    EventId bits = value.length() == 2 * ID_BYTES ? EventId.parse(value) : null;
    if (bits == null) {
      return value;
    }
    StringBuilder packed = new StringBuilder().append(PACKED);
    for (int left = 2 * Long.SIZE - PACKED_BITS; left > 0; left -= PACKED_BITS) {
      packed.append((char) (bits(bits, left) & PACKED_MASK));
    }
    return packed.append((char) (bits.low() & LAST_MASK)).toString();
  }

  private static long bits(EventId of, int from) {
    return from >= Long.SIZE
        ? of.high() >>> (from - Long.SIZE)
        : (of.low() >>> from) | (of.high() << (Long.SIZE - from));
  }

  /** What packed values begin with whose digits begin so, as far as whole chars say. */
  static String packedPrefix(String digits) {
    String some = digits.substring(0, Math.min(digits.length(), 2 * ID_BYTES));
    String whole = packed(some + "0".repeat(2 * ID_BYTES - some.length()));
    return whole.substring(0, 1 + 4 * some.length() / PACKED_BITS);
  }

  /** The term of a name's value as it was written before packed values had an order. */
  static String exactBefore(String name, String value) {
    return name + SEPARATOR + (packs(name) ? packedBefore(value) : value);
  }

  private static String packedBefore(String value) {
    EventId bits = value.length() == 2 * ID_BYTES ? EventId.parse(value) : null;
    if (bits == null) {
      return value;
    }
    StringBuilder packed = new StringBuilder().append(PACKED_BEFORE);
    for (int shift = 0; shift < 63; shift += 7) {
      packed.append((char) ((bits.high() >>> shift) & 0x7F));
      packed.append((char) ((bits.low() >>> shift) & 0x7F));
    }
    long left = ((bits.high() >>> 63) << 1) | (bits.low() >>> 63);
    return packed.append((char) left).toString();
  }

  /** The value that {@link #exact} wrote, or {@link #exactBefore}. */
  static String unpacked(String term) {
    if (term.length() != PACKED_CHARS) {
      return term;
    }
    return switch (term.charAt(0)) {
      case PACKED -> unpackedInOrder(term);
      case PACKED_BEFORE -> unpackedBefore(term);
      default -> term;
    };
  }

  private static String unpackedInOrder(String term) {
    long high = 0;
    long low = 0;
    for (int i = 1; i < PACKED_CHARS; i++) {
      int bits = i < PACKED_CHARS - 1 ? PACKED_BITS : 2;
      high = (high << bits) | (low >>> (Long.SIZE - bits));
      low = (low << bits) | term.charAt(i);
    }
    return new EventId(high, low).toString();
  }

  private static String unpackedBefore(String term) {
    long left = term.charAt(PACKED_CHARS - 1);
    long high = (left >>> 1) << 63;
    long low = left << 63;
    for (int i = 0; i < 9; i++) {
      high |= (long) term.charAt(1 + 2 * i) << (7 * i);
      low |= (long) term.charAt(2 + 2 * i) << (7 * i);
    }
    return new EventId(high, low).toString();
  }

  static String exists(String name) {
    return SEPARATOR + name;
  }

  /** The term that says that a path's value is that of the field with its name. */
  static String same(String path) {
    return exists(SEPARATOR + path);
  }

  /** The term of a stack. */
  static BytesRef stack(long hash) {
    return new BytesRef(ByteBuffer.allocate(Long.BYTES).putLong(hash).array());
  }

  /** The hash in a stack's term. */
  static long stackOf(BytesRef term) {
    return ByteBuffer.wrap(term.bytes, term.offset, term.length).getLong();
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
