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
 * @param bytesPerSecondMin how fast it must arrive at least, once {@link #SLOW_GRACE} is over
 */
public record BodyLimits(
    long sentBytesMax,
    long decodedBytesMax,
    int ratioMax,
    Duration timeMax,
    int bytesPerSecondMin) {
  /** A body may come as slowly as it likes for this long. */
  public static final Duration SLOW_GRACE = Duration.ofSeconds(5);

  private static final int BYTES_PER_SECOND_MIN = 1 << 10;

  /** With the usual least speed, 1 KiB/s. */
  public BodyLimits(long sentBytesMax, long decodedBytesMax, int ratioMax, Duration timeMax) {
    this(sentBytesMax, decodedBytesMax, ratioMax, timeMax, BYTES_PER_SECOND_MIN);
  }

  /** For what comes from clients. */
  public static final BodyLimits DEFAULT =
      new BodyLimits(20L << 20, 32L << 20, 200, Duration.ofSeconds(60));

  /** Up to this size a body may be compressed as well as it likes. */
  public static final long RATIO_FREE_BYTES = 1L << 20;
}
