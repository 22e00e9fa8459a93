package io.levee.local.archive;

import java.util.Arrays;

/** NDJSON text of one project and day that grows until it is worth compressing. One thread. */
final class OpenBlock {
  private static final int BYTES_FIRST = 1 << 10;

  private byte[] text = new byte[0];
  private int length;
  private long[] hashes = new long[0];
  private int events;

  void add(byte[] json, int from, int jsonLength, long hash) {
    int end = length + jsonLength + 1;
    if (end > text.length) {
      text = Arrays.copyOf(text, Math.max(Math.max(end, BYTES_FIRST), text.length * 2));
    }
    System.arraycopy(json, from, text, length, jsonLength);
    text[end - 1] = '\n';
    length = end;
    if (events == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(4, events * 2));
    }
    hashes[events++] = hash;
  }

  int length() {
    return length;
  }

  int events() {
    return events;
  }

  PackedBlock pack(BlockCodec codec, ProjectDay key) {
    return new PackedBlock(key, codec.pack(text, length), length, Arrays.copyOf(hashes, events));
  }
}
