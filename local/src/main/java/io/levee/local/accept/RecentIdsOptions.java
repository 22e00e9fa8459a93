package io.levee.local.accept;

import java.time.Duration;

/**
 * How much {@link DiskRecentIds} remembers: whichever limit is reached first.
 *
 * @param keysMax ids; the oldest eighth goes when it is passed. A key takes 9 to 14 bytes of memory
 *     and 8 on disk
 * @param age at least a minute; ids are remembered a twelfth longer at most
 */
public record RecentIdsOptions(int keysMax, Duration age) {
  private static final int KEYS_MIN = 64 * 1024;
  private static final Duration AGE_MIN = Duration.ofMinutes(1);

  /** Ten million, a day. */
  public static final RecentIdsOptions DEFAULT =
      new RecentIdsOptions(10_000_000, Duration.ofHours(24));

  public RecentIdsOptions {
    if (keysMax < KEYS_MIN) {
      throw new IllegalArgumentException(
          "keysMax: " + keysMax + " (expected: " + KEYS_MIN + " or more)");
    }
    if (age.compareTo(AGE_MIN) < 0) {
      throw new IllegalArgumentException("age: " + age + " (expected: " + AGE_MIN + " or more)");
    }
  }
}
