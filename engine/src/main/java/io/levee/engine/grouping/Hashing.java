package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.event.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The hash of what counted: the first 16 bytes of the SHA-256 of all names and values in order,
 * each as a netstring (its length in UTF-8 bytes in decimal, a colon, the bytes, a comma), as in
 * version 1. Any language can compute it again, and nobody can forge one to join an issue. Used by
 * one thread.
 */
final class Hashing {
  /** Of a length in decimal, the colon and the comma. */
  private static final int EXTRA_BYTES_MAX = 12;

  private byte[] bytes;
  private int length;

  private Hashing(int bytesExpected) {
    this.bytes = new byte[bytesExpected];
  }

  static Fingerprint of(List<Contribution> contributions) {
    int expected = 0;
    for (Contribution contribution : contributions) {
      expected += contribution.what().length() + contribution.value().length();
    }
    Hashing hashing = new Hashing(expected + 2 * EXTRA_BYTES_MAX * contributions.size());
    for (Contribution contribution : contributions) {
      hashing.netstring(contribution.what());
      hashing.netstring(contribution.value());
    }
    return hashing.fingerprint();
  }

  private void netstring(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int room = length + utf8.length + EXTRA_BYTES_MAX;
    if (room > bytes.length) { // Letters beyond ASCII.
      bytes = Arrays.copyOf(bytes, 2 * room);
    }
    decimal(utf8.length);
    bytes[length++] = ':';
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    bytes[length++] = ',';
  }

  private void decimal(int number) {
    int digits = 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    length += digits;
    int at = length;
    int rest = number;
    for (int i = 0; i < digits; i++) {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private Fingerprint fingerprint() {
    MessageDigest sha256 = sha256();
    sha256.update(bytes, 0, length);
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
    return new Fingerprint(EventGrouping.VERSION, hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
