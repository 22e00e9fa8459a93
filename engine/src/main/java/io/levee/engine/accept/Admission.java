package io.levee.engine.accept;

import java.util.List;

/** Whether a request may bring something, said before its body is read. */
public sealed interface Admission {
  /** It may not. Nothing of it was charged. */
  record Turned(Verdict.Throttled throttled) implements Admission {}

  /** It may; it counts as one of those that are under way until it is closed. */
  final class Admitted implements Admission, AutoCloseable {
    private final List<Meter> meters;
    private boolean closed;

    Admitted(List<Meter> meters) {
      this.meters = meters;
    }

    /** Called once, by the thread that was admitted, when its answer is known. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        meters.forEach(Meter::leave);
      }
    }
  }
}
