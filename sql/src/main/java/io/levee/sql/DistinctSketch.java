package io.levee.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many different values there were, in at most 12 KiB: exact up to {@link #EXACT_MAX}, beyond
 * that a HyperLogLog of 2^14 registers (standard error 0.81 %) with the estimator of Otmar Ertl,
 * "New cardinality estimation algorithms for HyperLogLog sketches" (2017), algorithm 6, which needs
 * no correction tables. Not thread-safe.
 *
 * <pre>
 * byte version (1), byte form
 * form 0: long×n   the hashes themselves
 * form 1: 6 bit×2^14   registers, first register in the lowest bits of each three bytes
 * </pre>
 */
final class DistinctSketch {
  /** Up to so many different values the count is exact. */
  static final int EXACT_MAX = 512;

  private static final byte VERSION = 1;
  private static final byte EXACT = 0;
  private static final byte REGISTERS = 1;
  private static final int HEAD_BYTES = 2;
  private static final int INDEX_BITS = 14;
  private static final int REGISTER_COUNT = 1 << INDEX_BITS;
  private static final int RANK_MAX = Long.SIZE - INDEX_BITS + 1;
  private static final int PACKED_BYTES = REGISTER_COUNT / 4 * 3;

  private final Set<Long> hashes = new HashSet<>();
  private byte @Nullable [] registers;

  /** Empty. */
  DistinctSketch() {}

  /** The 64-bit hash that stands for a value. */
  static long hash(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Counts a hash in.
   *
   * @return whether that changed anything
   */
  boolean add(long hash) {
    if (registers != null) {
      return raise(registers, hash);
    }
    if (!hashes.add(hash)) {
      return false;
    }
    if (hashes.size() > EXACT_MAX) {
      byte[] made = new byte[REGISTER_COUNT];
      hashes.forEach(each -> raise(made, each));
      hashes.clear();
      registers = made;
    }
    return true;
  }

  /**
   * Counts in what another counted.
   *
   * @return whether that changed anything
   */
  boolean addAll(DistinctSketch other) {
    boolean changed = false;
    for (long hash : other.hashes) {
      changed |= add(hash);
    }
    if (other.registers == null) {
      return changed;
    }
    byte[] mine = registers == null ? new byte[REGISTER_COUNT] : registers;
    for (long hash : hashes) {
      raise(mine, hash);
    }
    hashes.clear();
    for (int i = 0; i < REGISTER_COUNT; i++) {
      mine[i] = (byte) Math.max(mine[i], other.registers[i]);
    }
    registers = mine;
    return true;
  }

  private static boolean raise(byte[] registers, long hash) {
    int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    int rank = Math.min(Long.numberOfLeadingZeros(hash << INDEX_BITS) + 1, RANK_MAX);
    if (registers[index] >= rank) {
      return false;
    }
    registers[index] = (byte) rank;
    return true;
  }

  /** How many different values, exact or within about 2 %. */
  long count() {
    return registers == null ? hashes.size() : Math.round(estimate(registers));
  }

  private static double estimate(byte[] registers) {
    int[] withRank = new int[RANK_MAX + 1];
    for (byte rank : registers) {
      withRank[rank]++;
    }
    double m = REGISTER_COUNT;
    double z = m * tau(1 - withRank[RANK_MAX] / m);
    for (int rank = RANK_MAX - 1; rank >= 1; rank--) {
      z = 0.5 * (z + withRank[rank]);
    }
    z += m * sigma(withRank[0] / m);
    return m * m / (2 * Math.log(2) * z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double sum = share;
    double before;
    do {
      x *= x;
      before = sum;
      sum += x * y;
      y += y;
    } while (sum != before);
    return sum;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double sum = 1 - share;
    double before;
    do {
      x = Math.sqrt(x);
      before = sum;
      y *= 0.5;
      sum -= (1 - x) * (1 - x) * y;
    } while (sum != before);
    return sum / 3;
  }

  byte[] encode() {
    if (registers == null) {
      ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + hashes.size() * Long.BYTES);
      out.put(VERSION).put(EXACT);
      hashes.forEach(out::putLong);
      return out.array();
    }
    byte[] out = new byte[HEAD_BYTES + PACKED_BYTES];
    out[0] = VERSION;
    out[1] = REGISTERS;
    for (int from = 0, to = HEAD_BYTES; from < REGISTER_COUNT; from += 4, to += 3) {
      int four =
          registers[from]
              | registers[from + 1] << 6
              | registers[from + 2] << 12
              | registers[from + 3] << 18;
      out[to] = (byte) four;
      out[to + 1] = (byte) (four >> 8);
      out[to + 2] = (byte) (four >> 16);
    }
    return out;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the bytes are something else
   */
  static DistinctSketch decode(byte[] bytes) {
    if (bytes.length < HEAD_BYTES || bytes[0] != VERSION) {
      throw new IllegalArgumentException("sketch: " + bytes.length + " bytes of unknown version");
    }
    int size = bytes.length - HEAD_BYTES;
    DistinctSketch sketch = new DistinctSketch();
    if (bytes[1] == EXACT && size % Long.BYTES == 0 && size <= EXACT_MAX * Long.BYTES) {
      ByteBuffer in = ByteBuffer.wrap(bytes, HEAD_BYTES, size);
      while (in.hasRemaining()) {
        sketch.hashes.add(in.getLong());
      }
      return sketch;
    }
    if (bytes[1] == REGISTERS && size == PACKED_BYTES) {
      sketch.registers = unpack(bytes);
      return sketch;
    }
    throw new IllegalArgumentException("sketch: form " + bytes[1] + " of " + size + " bytes");
  }

  private static byte[] unpack(byte[] bytes) {
    byte[] registers = new byte[REGISTER_COUNT];
    for (int to = 0, from = HEAD_BYTES; to < REGISTER_COUNT; to += 4, from += 3) {
      int four =
          (bytes[from] & 0xFF) | (bytes[from + 1] & 0xFF) << 8 | (bytes[from + 2] & 0xFF) << 16;
      for (int i = 0; i < 4; i++) {
        registers[to + i] = (byte) Math.min(four >> (6 * i) & 0x3F, RANK_MAX);
      }
    }
    return registers;
  }
}
