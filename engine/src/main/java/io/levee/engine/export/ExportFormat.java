package io.levee.engine.export;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How events are written out. */
public enum ExportFormat {
  /** The canonical JSON of an event a line: nothing is lost. */
  NDJSON("application/x-ndjson"),
  /** RFC 4180: the fields that tables want, a line an event. */
  CSV("text/csv; charset=utf-8");

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** The end of a file's name, and what addresses call it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format with this wire name; null when there is none. */
  public static @Nullable ExportFormat parse(String word) {
    for (ExportFormat format : values()) {
      if (format.wireName().equals(word)) {
        return format;
      }
    }
    return null;
  }
}
