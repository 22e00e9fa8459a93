package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** What silently happens to files on a disk that goes bad. */
enum Damage {
  /** One bit is another. */
  FLIPPED_BIT,
  /** The end is missing. */
  TRUNCATED,
  /** Two blocks have changed places. */
  SWAPPED_BLOCKS,
  /** A block is all zeros. */
  ZEROED_BLOCK;

  private static final int BLOCK_BYTES = 512;

  /**
   * Damages a file at a random place.
   *
   * @return what was done, in words; empty when the file is too small for it, or is the same
   *     afterwards
   */
  String to(Path file, Random random) throws IOException {
    byte[] before = Files.readAllBytes(file);
    if (before.length == 0) {
      return "";
    }
    byte[] after = before.clone();
    int at = random.nextInt(before.length);
    int blocks = before.length / BLOCK_BYTES;
    switch (this) {
      case FLIPPED_BIT -> after[at] ^= (byte) (1 << random.nextInt(8));
      case TRUNCATED -> after = Arrays.copyOf(before, at);
      case SWAPPED_BLOCKS -> {
        if (blocks >= 2) {
          int one = random.nextInt(blocks) * BLOCK_BYTES;
          int other = random.nextInt(blocks) * BLOCK_BYTES;
          copyBlock(before, one, after, other);
          copyBlock(before, other, after, one);
          at = Math.min(one, other);
        }
      }
      case ZEROED_BLOCK -> {
        at -= at % BLOCK_BYTES;
        Arrays.fill(after, at, Math.min(after.length, at + BLOCK_BYTES), (byte) 0);
      }
    }
    if (Arrays.equals(before, after)) {
      return "";
    }
    Files.write(file, after);
    return "%s at %d of %d".formatted(name().toLowerCase(java.util.Locale.ROOT), at, before.length);
  }

  private static void copyBlock(byte[] from, int at, byte[] to, int there) {
    System.arraycopy(from, at, to, there, BLOCK_BYTES);
  }
}
