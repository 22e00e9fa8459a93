package io.levee.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes with places of fixed length that are overwritten for every request, found once by their
 * placeholders. Used by one thread.
 */
final class Patched {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  Patched(String text) {
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  private Patched(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The same bytes, for another thread; the places are the same too. */
  Patched copy() {
    return new Patched(bytes.clone());
  }

  byte[] bytes() {
    return bytes;
  }

  /** The offsets of all places that hold a placeholder. */
  int[] places(String placeholder) {
    byte[] wanted = placeholder.getBytes(StandardCharsets.UTF_8);
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        found.add(at);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  void ascii(int[] places, byte[] text) {
    for (int place : places) {
      System.arraycopy(text, 0, bytes, place, text.length);
    }
  }

  /** Writes a number with leading zeros, cut to its last digits. */
  void decimal(int[] places, int digits, long value) {
    for (int place : places) {
      long left = value;
      for (int i = digits - 1; i >= 0; i--) {
        bytes[place + i] = (byte) ('0' + left % 10);
        left /= 10;
      }
    }
  }

  /** Writes 16 hex digits. */
  void hex(int[] places, int offset, long value) {
    for (int place : places) {
      for (int i = 0; i < 16; i++) {
        bytes[place + offset + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
      }
    }
  }
}
