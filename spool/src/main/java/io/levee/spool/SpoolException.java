package io.levee.spool;

import org.jspecify.annotations.Nullable;

/** What can go wrong with a spool. The message says what, the value, and what was expected. */
public abstract sealed class SpoolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SpoolException(String message, @Nullable Throwable cause, boolean traced) {
    super(message, cause, true, traced);
  }

  /**
   * A limit in bytes is reached; nothing was taken. Carries no stack trace, since refusing must be
   * cheap.
   */
  public static final class OverCapacity extends SpoolException {
    private static final long serialVersionUID = 1L;

    OverCapacity(String message) {
      super(message, null, false);
    }
  }

  /**
   * Two writes in a row failed: the spool can be read, but takes nothing until it is opened anew.
   */
  public static final class ReadOnly extends SpoolException {
    private static final long serialVersionUID = 1L;

    ReadOnly(String reason) {
      super("spool is read-only: " + reason, null, false);
    }
  }

  /** The files are of a kind this version can't read. */
  public static final class Corrupt extends SpoolException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message) {
      super(message, null, true);
    }
  }

  /** Another spool, here or in another process, has the folder open. */
  public static final class AlreadyOpen extends SpoolException {
    private static final long serialVersionUID = 1L;

    AlreadyOpen(String message) {
      super(message, null, true);
    }
  }

  /**
   * The storage failed. An append that got this may or may not be seen after the next open; it was
   * not accepted.
   */
  public static final class Failed extends SpoolException {
    private static final long serialVersionUID = 1L;

    Failed(String message, @Nullable Throwable cause) {
      super(message, cause, true);
    }
  }

  /** The spool or the reader was closed. */
  public static final class Closed extends SpoolException {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message, null, false);
    }
  }
}
