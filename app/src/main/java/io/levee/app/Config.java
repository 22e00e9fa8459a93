package io.levee.app;

import io.levee.edge.net.HttpConfig;
import io.levee.engine.accept.Limit;
import io.levee.engine.sampling.Thresholds;
import java.nio.file.Path;

/**
 * How this Levee runs. {@link ServeOptions} reads it from command line, environment and file.
 *
 * @param data the folder that holds everything
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param publicUrl where clients and browsers reach us, as in {@code https://levee.example.org};
 *     DSNs are made of it. Empty: host and port
 * @param projectEventsPerMinute what a project may send that has no such limit of its own
 * @param samplingErrorsPerMinute past so many equal errors a minute, some stand for the others; 0:
 *     every one is kept whole
 * @param bodyBytesMax a request's body as it is sent
 * @param decodedBytesMax a request's body decompressed
 * @param bodyMemoryBytes all bodies together
 * @param busBytesMax the bus on disk; past it the door says 429
 * @param diskFloorBytes free bytes at which nothing more is taken in; 0 for the larger of 1 GiB and
 *     5 % of the file system
 * @param retentionDays for projects that are created; each can have its own
 * @param bounds of what nobody planned for
 */
record Config(
    Path data,
    String host,
    int port,
    String publicUrl,
    long projectEventsPerMinute,
    int samplingErrorsPerMinute,
    long bodyBytesMax,
    long decodedBytesMax,
    long bodyMemoryBytes,
    long busBytesMax,
    long diskFloorBytes,
    int retentionDays,
    Bounds bounds) {
  static final int PORT_DEFAULT = 7575;

  /** Tools and tests run on whatever disk there is. */
  private static final long DISK_FLOOR_OF_TESTS = 64L << 20;

  Config {
    check("port", port, 0, 65_535);
    check("project-events-per-minute", projectEventsPerMinute, 1, Limit.EVENTS_PER_MINUTE.most());
    check("sampling-errors-per-minute", samplingErrorsPerMinute, 0, Thresholds.MAX);
    check("body-bytes-max", bodyBytesMax, 1 << 10, 1 << 30);
    check("decoded-bytes-max", decodedBytesMax, bodyBytesMax, 1 << 30);
    check("body-memory-bytes", bodyMemoryBytes, 3 * decodedBytesMax, Long.MAX_VALUE);
    check("bus-bytes-max", busBytesMax, 256L << 20, Long.MAX_VALUE);
    check("disk-floor-bytes", diskFloorBytes, 0, Long.MAX_VALUE / 2);
    check("retention-days", retentionDays, 1, 3650);
  }

  static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new StartFailure(
          "--" + name + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }

  /** The defaults on a folder, listening on any free port: for tests and tools. */
  static Config on(Path data) {
    return new Config(
        data,
        "127.0.0.1",
        0,
        "",
        6_000_000,
        Thresholds.DEFAULT,
        20L << 20,
        32L << 20,
        192L << 20,
        64L << 30,
        DISK_FLOOR_OF_TESTS,
        90,
        Bounds.DEFAULT);
  }

  /** The same on another address. */
  Config listeningOn(String otherHost, int otherPort) {
    return new Config(
        data,
        otherHost,
        otherPort,
        publicUrl,
        projectEventsPerMinute,
        samplingErrorsPerMinute,
        bodyBytesMax,
        decodedBytesMax,
        bodyMemoryBytes,
        busBytesMax,
        diskFloorBytes,
        retentionDays,
        bounds);
  }

  /** The same with another threshold of burst sampling. */
  Config withSampling(int errorsPerMinute) {
    return new Config(
        data,
        host,
        port,
        publicUrl,
        projectEventsPerMinute,
        errorsPerMinute,
        bodyBytesMax,
        decodedBytesMax,
        bodyMemoryBytes,
        busBytesMax,
        diskFloorBytes,
        retentionDays,
        bounds);
  }

  /** How the HTTP server listens. */
  HttpConfig http() {
    return HttpConfig.on(host, port).within(bounds.connectionsMax(), bounds.connectionIdle());
  }

  /** The same with another disk floor. */
  Config withDiskFloorBytes(long bytes) {
    return new Config(
        data,
        host,
        port,
        publicUrl,
        projectEventsPerMinute,
        samplingErrorsPerMinute,
        bodyBytesMax,
        decodedBytesMax,
        bodyMemoryBytes,
        busBytesMax,
        bytes,
        retentionDays,
        bounds);
  }
}
