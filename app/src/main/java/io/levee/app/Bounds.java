package io.levee.app;

import io.levee.edge.net.HttpConfig;
import io.levee.engine.bus.DeadLetters;
import java.time.Duration;

/**
 * How much of what nobody planned for is put up with.
 *
 * @param connectionsMax open connections; fewer where this process may not open many files
 * @param connectionIdle a connection on which nothing moves for this long is closed
 * @param doorWaitingMax calls that may wait for a processor; past it the door says 503
 * @param deadLetters what a subscriber may set aside until it waits
 * @param setAsideFilesMax damaged files that are kept for somebody to look at
 * @param setAsideBytesMax their bytes
 */
record Bounds(
    int connectionsMax,
    Duration connectionIdle,
    int doorWaitingMax,
    DeadLetters.Limits deadLetters,
    int setAsideFilesMax,
    long setAsideBytesMax) {
  static final Bounds DEFAULT =
      new Bounds(
          HttpConfig.CONNECTIONS_MAX,
          HttpConfig.IDLE_TIMEOUT,
          256,
          DeadLetters.Limits.DEFAULT,
          1_000,
          10L << 30);

  Bounds {
    Config.check("connections-max", connectionsMax, 16, 1_000_000);
    Config.check("connection-idle-seconds", connectionIdle.toSeconds(), 1, 3_600);
    Config.check("door-waiting-max", doorWaitingMax, 16, 100_000);
    Config.check("dead-letters-max", deadLetters.lettersMax(), 1, 10_000_000);
    Config.check("dead-letter-bytes-max", deadLetters.bytesMax(), 1 << 20, Long.MAX_VALUE);
    Config.check("set-aside-files-max", setAsideFilesMax, 1, 1_000_000);
    Config.check("set-aside-bytes-max", setAsideBytesMax, 1 << 20, Long.MAX_VALUE);
  }

  /** The same with another bound of what is set aside. */
  Bounds withSetAside(int filesMax, long bytesMax) {
    return new Bounds(
        connectionsMax, connectionIdle, doorWaitingMax, deadLetters, filesMax, bytesMax);
  }
}
