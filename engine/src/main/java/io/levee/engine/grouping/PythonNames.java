package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/** Python: newer interpreters say {@code Cart.pay} and {@code pay.<locals>.send}. */
final class PythonNames {
  private PythonNames() {}

  static FrameName of(Frame frame) {
    String path = FrameName.path(frame);
    if (path != null && path.startsWith("<frozen")) {
      return FrameName.passedOver("the interpreter's own code");
    }
    String module = frame.module();
    String place =
        module == null || module.isBlank() || module.equals("__main__")
            ? FrameName.file(frame)
            : module;
    return FrameName.of(place, function(frame.function()));
  }

  private static @Nullable String function(@Nullable String function) {
    String name = FrameName.plain(function);
    return name == null ? null : FrameName.after(name, '.');
  }
}
