package io.levee.spool;

import java.nio.ByteBuffer;

/**
 * A record as a reader gets it.
 *
 * @param offset its place in the log
 * @param timeMillis when it was appended, in milliseconds since the epoch by the writer's clock
 * @param payload read-only view of what was appended; stays valid, shares memory with the records
 *     read along with it
 */
public record SpoolRecord(long offset, long timeMillis, ByteBuffer payload) {

  /** A copy of the payload. */
  public byte[] bytes() {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return copy;
  }
}
