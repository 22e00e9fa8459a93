package io.levee.app;

import io.levee.engine.bus.DeadLetters;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of a running Levee that few ever change. */
final class BoundsOptions {
  @Option(
      names = "--connections-max",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_CONNECTIONS_MAX:-20000}",
      description =
          "Open connections; more wait to be accepted. Fewer where `ulimit -n` is low. Default:"
              + " ${DEFAULT-VALUE}")
  private int connectionsMax;

  @Option(
      names = "--connection-idle-seconds",
      paramLabel = "SECONDS",
      defaultValue = "${env:LEVEE_CONNECTION_IDLE_SECONDS:-30}",
      description =
          "A connection on which nothing moves for this long is closed. Default: ${DEFAULT-VALUE}")
  private int connectionIdleSeconds;

  @Option(
      names = "--door-waiting-max",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_DOOR_WAITING_MAX:-256}",
      description =
          "Calls that may wait for a processor; past it the door says 503 to whoever floods it."
              + " Default: ${DEFAULT-VALUE}")
  private int doorWaitingMax;

  @Option(
      names = "--dead-letters-max",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_DEAD_LETTERS_MAX:-10000}",
      description =
          "Events that a subscriber may set aside; past it that subscriber waits. Default:"
              + " ${DEFAULT-VALUE}")
  private long deadLettersMax;

  @Option(
      names = "--dead-letter-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_DEAD_LETTER_BYTES_MAX:-268435456}",
      description = "Their bytes. Default: ${DEFAULT-VALUE}")
  private long deadLetterBytesMax;

  @Option(
      names = "--set-aside-files-max",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_SET_ASIDE_FILES_MAX:-1000}",
      description =
          "Damaged files of bus and index that are kept to be looked at; past it the oldest go,"
              + " which the log says. Default: ${DEFAULT-VALUE}")
  private int setAsideFilesMax;

  @Option(
      names = "--set-aside-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_SET_ASIDE_BYTES_MAX:-10737418240}",
      description = "Their bytes. Default: ${DEFAULT-VALUE}")
  private long setAsideBytesMax;

  Bounds bounds() {
    return new Bounds(
        connectionsMax,
        Duration.ofSeconds(connectionIdleSeconds),
        doorWaitingMax,
        new DeadLetters.Limits(deadLettersMax, deadLetterBytesMax),
        setAsideFilesMax,
        setAsideBytesMax);
  }
}
