package io.levee.app;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of a running Levee. Each can also be set as an environment variable: {@code --data}
 * is LEVEE_DATA, {@code --public-url} LEVEE_PUBLIC_URL.
 */
final class ServeOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:LEVEE_DATA:-./data}",
      description = "The folder that holds everything. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of("data");

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:LEVEE_HOST:-127.0.0.1}",
      description =
          "The address to listen on. There are no accounts yet: whoever can reach it can read"
              + " everything. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_PORT:-7575}",
      description = "The port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port = Config.PORT_DEFAULT;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      defaultValue = "${env:LEVEE_PUBLIC_URL:-}",
      description =
          "Where clients and browsers reach Levee; DSNs are made of it. Default: http://host:port")
  private String publicUrl = "";

  @Option(
      names = "--project-events-per-minute",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_PROJECT_EVENTS_PER_MINUTE:-6000000}",
      description =
          "What a project may send that has no such limit of its own; more is answered with 429."
              + " Default: ${DEFAULT-VALUE}")
  private long projectEventsPerMinute;

  @Option(
      names = "--sampling-errors-per-minute",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_SAMPLING_ERRORS_PER_MINUTE:-100}",
      description =
          "Past so many equal errors a minute, some are kept whole and stand for the others, which"
              + " are counted; 0 keeps every one whole. A project can have its own. Default:"
              + " ${DEFAULT-VALUE}")
  private int samplingErrorsPerMinute;

  @Option(
      names = "--body-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_BODY_BYTES_MAX:-20971520}",
      description = "The largest request body, as it is sent. Default: ${DEFAULT-VALUE}")
  private long bodyBytesMax;

  @Option(
      names = "--decoded-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_DECODED_BYTES_MAX:-33554432}",
      description = "The largest request body, decompressed. Default: ${DEFAULT-VALUE}")
  private long decodedBytesMax;

  @Option(
      names = "--body-memory-bytes",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_BODY_MEMORY_BYTES:-134217728}",
      description =
          "What all request bodies together, with what is decoded from them (three times their"
              + " bytes), may take of the heap; past it the door says 503. Default:"
              + " ${DEFAULT-VALUE}")
  private long bodyMemoryBytes;

  @Option(
      names = "--bus-bytes-max",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_BUS_BYTES_MAX:-68719476736}",
      description =
          "What may wait on disk for the stores; past it the door says 429. Default:"
              + " ${DEFAULT-VALUE}")
  private long busBytesMax;

  @Option(
      names = "--disk-floor-bytes",
      paramLabel = "BYTES",
      defaultValue = "${env:LEVEE_DISK_FLOOR_BYTES:-0}",
      description =
          "Free bytes at which the door says 503, while the stores go on; 0 for the larger of 1 GiB"
              + " and 5 %% of the file system. Default: ${DEFAULT-VALUE}")
  private long diskFloorBytes;

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      defaultValue = "${env:LEVEE_RETENTION_DAYS:-90}",
      description = "How long events of a new project are kept. Default: ${DEFAULT-VALUE}")
  private int retentionDays;

  @Mixin private BoundsOptions bounds = new BoundsOptions();

  Config config() {
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
        diskFloorBytes,
        retentionDays,
        bounds.bounds());
  }
}
