package io.levee.edge.elmah;

import io.levee.event.Level;

/** elmah.io's severities and our levels, one for one. */
final class ElmahSeverity {
  private ElmahSeverity() {}

  static String of(Level level) {
    return switch (level) {
      case TRACE -> "Verbose";
      case DEBUG -> "Debug";
      case INFO -> "Information";
      case WARNING -> "Warning";
      case ERROR -> "Error";
      case FATAL -> "Fatal";
    };
  }
}
