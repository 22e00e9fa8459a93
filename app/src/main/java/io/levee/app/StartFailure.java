package io.levee.app;

/**
 * Levee can't start for a reason that the user can do something about; the message says what and
 * how.
 */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
