package io.levee.engine.accept;

/** A part of a text, start inclusive and end exclusive, packed so that finding one is free. */
final class Span {
  private Span() {}

  static long of(int start, int end) {
    return ((long) start << 32) | end;
  }

  static int start(long span) {
    return (int) (span >>> 32);
  }

  static int end(long span) {
    return (int) span;
  }
}
