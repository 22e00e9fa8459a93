package io.levee.edge.net;

import java.time.Duration;

/**
 * How large a request's body may be.
 *
 * @param sentBytesMax as it comes over the wire
 * @param decodedBytesMax after decompression
 * @param ratioMax how many times larger than sent it may become, once it is larger than {@link
 *     #RATIO_FREE_BYTES}
 * @param timeMax how long it may take to arrive
 */
public record BodyLimits(long sentBytesMax, long decodedBytesMax, int ratioMax, Duration timeMax) {
  /** For what comes from clients. */
  public static final BodyLimits DEFAULT =
      new BodyLimits(20L << 20, 32L << 20, 200, Duration.ofSeconds(60));

  /** Up to this size a body may be compressed as well as it likes. */
  public static final long RATIO_FREE_BYTES = 1L << 20;
}
