package io.levee.app.demo;

import io.levee.event.Json;

/** What each client tells about the machine it runs on. */
final class Contexts {
  private Contexts() {}

  static Json of(DemoProject project, Scene scene) {
    Json trace = Doc.of("trace_id", scene.traceId, "span_id", scene.spanId);
    return switch (project.platform()) {
      case "java" ->
          Doc.of(
              "runtime", Doc.of("name", "Eclipse Adoptium", "version", "25.0.1"),
              "os", Doc.of("name", "Linux", "version", "6.12.48"),
              "trace", trace);
      case "node" ->
          Doc.of(
              "runtime", Doc.of("name", "node", "version", "v24.11.0"),
              "os", Doc.of("name", "Debian GNU/Linux", "version", "12.11\n"),
              "device", Doc.of("arch", "x64", "processor_count", 4),
              "app", Doc.of("app_memory", 187_400_192L),
              "trace", trace);
      case "python" ->
          Doc.of("runtime", Doc.of("name", "CPython", "version", "3.13.9"), "trace", trace);
      default ->
          Doc.of("culture", Doc.of("locale", "de-DE", "timezone", "Europe/Berlin"), "trace", trace);
    };
  }
}
