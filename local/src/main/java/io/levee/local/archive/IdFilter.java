package io.levee.local.archive;

import java.nio.ByteBuffer;

/**
 * Says of an event that it is certainly not in an object, or that it may be: a split-block Bloom
 * filter (Putze, Sanders, Singler 2007; the one of Apache Parquet) with 16 bits an event, wrong
 * about once in a thousand times. One question touches 32 adjacent bytes, so it can be put to a
 * file as cheaply as to memory. Immutable once built.
 */
final class IdFilter {
  static final int BLOCK_BYTES = 32;

  private static final int WORDS = 8;
  private static final int BITS_PER_EVENT = 16;
  private static final int[] SALTS = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };

  private final int[] words;

  private IdFilter(int[] words) {
    this.words = words;
  }

  /** A filter of all hashes in the table. */
  static IdFilter of(IdTable table) {
    long bits = (long) table.size() * BITS_PER_EVENT;
    int blocks = (int) Math.max(1, bits / (BLOCK_BYTES * Byte.SIZE));
    int[] words = new int[blocks * WORDS];
    for (int i = 0; i < table.size(); i++) {
      long key = EventHash.mix(table.hash(i));
      int at = block(key, blocks) * WORDS;
      for (int word = 0; word < WORDS; word++) {
        words[at + word] |= bit(key, word);
      }
    }
    return new IdFilter(words);
  }

  /** Reads what {@link #encode} wrote. */
  static IdFilter decode(byte[] bytes) {
    int[] words = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(words);
    return new IdFilter(words);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(words.length * Integer.BYTES);
    out.asIntBuffer().put(words);
    return out.array();
  }

  int bytes() {
    return words.length * Integer.BYTES;
  }

  boolean mayHold(long hash) {
    long key = EventHash.mix(hash);
    int at = block(key, words.length / WORDS) * WORDS;
    for (int word = 0; word < WORDS; word++) {
      if ((words[at + word] & bit(key, word)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Where in an encoded filter of this length the 32 bytes lie that know about a hash. */
  static int blockAt(long hash, int filterBytes) {
    return block(EventHash.mix(hash), filterBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }

  /** The same question, put to the 32 bytes at {@link #blockAt}. */
  static boolean mayHold(long hash, byte[] block) {
    long key = EventHash.mix(hash);
    ByteBuffer in = ByteBuffer.wrap(block);
    for (int word = 0; word < WORDS; word++) {
      if ((in.getInt() & bit(key, word)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int block(long key, int blocks) {
    return (int) (((key >>> 32) * blocks) >>> 32);
  }

  private static int bit(long key, int word) {
    return 1 << (((int) key * SALTS[word]) >>> 27);
  }
}
