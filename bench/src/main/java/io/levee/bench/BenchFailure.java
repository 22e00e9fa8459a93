package io.levee.bench;

/** The bench can't go on; the message says why, to a person. */
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailure(String message) {
    super(message);
  }
}
