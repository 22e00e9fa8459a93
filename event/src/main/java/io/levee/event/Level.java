package io.levee.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How bad it is, from least to most. The order of the constants is the order of severity and is
 * stored by ordinal.
 */
public enum Level {
  TRACE(0),
  DEBUG(1),
  INFO(2),
  WARNING(3),
  ERROR(4),
  FATAL(5);

  private static final Level[] ALL = values();

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Level(int code) {
    this.code = code;
  }

  /** The number on disk, in the order of severity: 0 for trace to 5 for fatal. */
  public int code() {
    return code;
  }

  /** The name in canonical JSON and in queries: lower case. */
  public String wireName() {
    return wireName;
  }

  /**
   * The level that a client means by a word, in any case: the names above and their usual synonyms
   * (verbose, information, log, warn, critical …).
   *
   * @return null when the word is no level
   */
  public static @Nullable Level parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "trace", "verbose", "finest" -> TRACE;
      case "debug", "fine" -> DEBUG;
      case "info", "information", "informational", "log", "notice", "sample" -> INFO;
      case "warning", "warn" -> WARNING;
      case "error", "err", "severe" -> ERROR;
      case "fatal", "critical", "crit", "alert", "emergency", "panic" -> FATAL;
      default -> null;
    };
  }

  /**
   * The level with this number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Level ofCode(int code) {
    if (code < 0 || code >= ALL.length) {
      throw new IllegalArgumentException(
          "level code: " + code + " (expected: 0.." + (ALL.length - 1) + ")");
    }
    return ALL[code];
  }
}
