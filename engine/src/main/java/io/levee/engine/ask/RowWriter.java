package io.levee.engine.ask;

import io.levee.engine.query.pipe.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes an answer row by row. Used by one thread. */
public interface RowWriter {
  /** How an answer is written out, whatever its length. */
  enum Format {
    /** An object a line; events that no stage changed as canonical JSON. */
    NDJSON("application/x-ndjson"),
    /** RFC 4180, harmless to spreadsheets. */
    CSV("text/csv;charset=utf-8"),
    /** One array of objects. */
    JSON("application/json");

    private final String contentType;

    Format(String contentType) {
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
    public static @Nullable Format parse(@Nullable String word) {
      for (Format format : values()) {
        if (format.wireName().equals(word)) {
          return format;
        }
      }
      return null;
    }

    /**
     * Writes in this format.
     *
     * @param zone of times in CSV
     */
    public RowWriter to(OutputStream out, Plan plan, ZoneId zone) {
      return switch (this) {
        case NDJSON -> new NdjsonRows(out);
        case CSV -> new CsvRows(out, plan, zone);
        case JSON -> new JsonRows(out);
      };
    }
  }

  /** Writes what stands before the rows. */
  void begin() throws IOException;

  /** Writes a row; false when the reader has gone. */
  boolean row(Row row);

  /** Writes what is left. */
  void end() throws IOException;

  /** Says, before the end, why the answer is not whole. */
  void partial(String why) throws IOException;

  /** Throws what went wrong while writing a row. */
  void check() throws IOException;
}
