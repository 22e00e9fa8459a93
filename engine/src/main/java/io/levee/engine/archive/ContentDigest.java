package io.levee.engine.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Says whether two sets of events are the same without comparing them: how many, and the sum
 * (modulo 2^128) of the first 16 bytes of each event's SHA-256. The order does not matter; neither
 * does how the set was cut into parts. Immutable.
 *
 * @param events how many
 * @param high the sum's upper 64 bits
 * @param low the sum's lower 64 bits
 */
public record ContentDigest(long events, long high, long low) {
  public static final ContentDigest EMPTY = new ContentDigest(0, 0, 0);

  /** The digest of a single event. */
  public static ContentDigest of(byte[] canonicalJson) {
    ByteBuffer hash = ByteBuffer.wrap(sha256().digest(canonicalJson));
    return new ContentDigest(1, hash.getLong(), hash.getLong());
  }

  /** The digest of both sets together. */
  public ContentDigest plus(ContentDigest other) {
    long lowSum = low + other.low;
    long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
    return new ContentDigest(events + other.events, high + other.high + carry, lowSum);
  }

  /** The digest of this set without the other, which is a part of it. */
  public ContentDigest minus(ContentDigest other) {
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new ContentDigest(events - other.events, high - other.high - borrow, low - other.low);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
