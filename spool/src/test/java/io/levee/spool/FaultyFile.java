package io.levee.spool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A file of {@link FaultyStorage}: what a reader sees now, and which of it the disk may not have.
 */
final class FaultyFile {

  private static final int SECTOR_BYTES = 64;

  /**
   * A write that is not on the disk; doomed if a force of it failed, so that no later force saves
   * it.
   */
  private record Unforced(int from, int to, boolean doomed) {}

  private byte[] content;
  private final List<Unforced> unforced = new ArrayList<>();

  FaultyFile(byte[] content) {
    this.content = content;
  }

  byte[] content() {
    return content;
  }

  void content(byte[] replaced) {
    content = replaced;
  }

  void write(byte[] bytes) {
    int from = content.length;
    content = Arrays.copyOf(content, from + bytes.length);
    System.arraycopy(bytes, 0, content, from, bytes.length);
    unforced.add(new Unforced(from, content.length, false));
  }

  void force() {
    unforced.removeIf(write -> !write.doomed());
  }

  /** All is written again: what an earlier force failed to save can be saved by the next. */
  void rewrite() {
    unforced.replaceAll(write -> new Unforced(write.from(), write.to(), false));
  }

  void failForce() {
    unforced.replaceAll(write -> new Unforced(write.from(), write.to(), true));
  }

  /** The file as a killed process leaves it. */
  FaultyFile copy() {
    FaultyFile copy = new FaultyFile(content.clone());
    copy.unforced.addAll(unforced);
    return copy;
  }

  /** The file as a power cut leaves it. */
  FaultyFile afterPowerCut(FaultyStorage.Loss loss, RandomGenerator random) {
    byte[] left = content.clone();
    int length = left.length;
    for (int i = unforced.size() - 1; i >= 0; i--) {
      Unforced write = unforced.get(i);
      int kept = keep(left, write, loss, random);
      if (write.to() == length) {
        length = kept == write.from() || random.nextBoolean() ? kept : length;
      }
    }
    return new FaultyFile(Arrays.copyOf(left, length));
  }

  /** Blanks what is lost of a write and returns where its last kept byte ends. */
  private static int keep(
      byte[] left, Unforced write, FaultyStorage.Loss loss, RandomGenerator random) {
    int fate =
        switch (loss) {
          case EVERYTHING -> 0;
          case NOTHING -> 1;
          case RANDOM -> random.nextInt(4);
        };
    return switch (fate) {
      case 0 -> blank(left, write.from(), write.to(), write.from());
      case 1 -> write.to();
      case 2 -> { // torn: a part of the front
        int torn = write.from() + random.nextInt(write.to() - write.from() + 1);
        yield blank(left, torn, write.to(), torn);
      }
      default -> scatter(left, write, random);
    };
  }

  /** Reordered: each sector by itself is there, or not. */
  private static int scatter(byte[] left, Unforced write, RandomGenerator random) {
    int kept = write.from();
    for (int at = write.from(); at < write.to(); at += SECTOR_BYTES) {
      int to = Math.min(write.to(), at + SECTOR_BYTES);
      kept = random.nextBoolean() ? to : blank(left, at, to, kept);
    }
    return kept;
  }

  private static int blank(byte[] left, int from, int to, int kept) {
    Arrays.fill(left, from, to, (byte) 0);
    return kept;
  }
}
