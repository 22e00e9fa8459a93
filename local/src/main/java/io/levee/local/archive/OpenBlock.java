package io.levee.local.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * NDJSON text of one project and day that grows until it is worth compressing. It lies in pages, so
 * that it takes little more memory than it has text, and no array is so large that the collector
 * must treat it apart. One thread.
 */
final class OpenBlock {
  private static final int BYTES_FIRST = 1 << 10;
  private static final int PAGE_BYTES = 64 << 10;
  private static final byte[] LINE_END = {'\n'};

  private final List<byte[]> full = new ArrayList<>();
  private byte[] page = new byte[0];
  private int pageLength;
  private long[] hashes = new long[0];
  private int events;

  void add(byte[] json, int from, int jsonLength, long hash) {
    append(json, from, jsonLength);
    append(LINE_END, 0, LINE_END.length);
    if (events == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(4, events * 2));
    }
    hashes[events++] = hash;
  }

  private void append(byte[] bytes, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end) {
      if (pageLength == PAGE_BYTES) {
        full.add(page);
        page = new byte[PAGE_BYTES];
        pageLength = 0;
      }
      int some = Math.min(end - at, PAGE_BYTES - pageLength);
      if (pageLength + some > page.length) {
        int needed = Math.max(pageLength + some, Math.max(BYTES_FIRST, 2 * page.length));
        page = Arrays.copyOf(page, Math.min(PAGE_BYTES, needed));
      }
      System.arraycopy(bytes, at, page, pageLength, some);
      pageLength += some;
      at += some;
    }
  }

  int length() {
    return full.size() * PAGE_BYTES + pageLength;
  }

  int events() {
    return events;
  }

  PackedBlock pack(BlockCodec codec, ProjectDay key) {
    codec.begin(length());
    full.forEach(each -> codec.append(each, PAGE_BYTES));
    codec.append(page, pageLength);
    return new PackedBlock(key, codec.pack(), length(), Arrays.copyOf(hashes, events));
  }
}
