package io.levee.engine.issue;

import io.levee.event.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what counts for a fingerprint. The hash is the first 16 bytes of the SHA-256 of all
 * names and values in order, each as a netstring: its length in UTF-8 bytes in decimal, a colon,
 * the bytes, a comma. Any language can compute it again. Not thread-safe.
 */
final class GroupingInput {
  private final List<Contribution> contributions = new ArrayList<>();

  void add(String what, String value) {
    contributions.add(new Contribution(what, value));
  }

  void addAll(List<Contribution> more) {
    contributions.addAll(more);
  }

  boolean isEmpty() {
    return contributions.isEmpty();
  }

  Grouping.Grouped grouped() {
    MessageDigest sha256 = sha256();
    for (Contribution contribution : contributions) {
      netstring(sha256, contribution.what());
      netstring(sha256, contribution.value());
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
    Fingerprint fingerprint = new Fingerprint(Grouping.VERSION, hash.getLong(), hash.getLong());
    return new Grouping.Grouped(fingerprint, contributions);
  }

  private static void netstring(MessageDigest sha256, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(Integer.toString(bytes.length).getBytes(StandardCharsets.ISO_8859_1));
    sha256.update((byte) ':');
    sha256.update(bytes);
    sha256.update((byte) ',');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
