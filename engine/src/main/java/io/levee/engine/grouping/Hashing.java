package io.levee.engine.grouping;

import io.levee.engine.issue.Contribution;
import io.levee.event.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hash of what counted: the first 16 bytes of the SHA-256 of all names and values in order,
 * each as a netstring (its length in UTF-8 bytes in decimal, a colon, the bytes, a comma), as in
 * version 1. Any language can compute it again, and nobody can forge one to join an issue.
 */
final class Hashing {
  private static final int BYTES_TYPICAL = 1024;

  private Hashing() {}

  static Fingerprint of(List<Contribution> contributions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_TYPICAL);
    for (Contribution contribution : contributions) {
      netstring(bytes, contribution.what());
      netstring(bytes, contribution.value());
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256().digest(bytes.toByteArray()));
    return new Fingerprint(EventGrouping.VERSION, hash.getLong(), hash.getLong());
  }

  private static void netstring(ByteArrayOutputStream to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.writeBytes(Integer.toString(bytes.length).getBytes(StandardCharsets.ISO_8859_1));
    to.write(':');
    to.writeBytes(bytes);
    to.write(',');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
