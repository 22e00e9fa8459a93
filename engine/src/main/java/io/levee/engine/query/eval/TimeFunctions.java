package io.levee.engine.query.eval;

import java.time.Instant;
import java.util.List;

/** Moments, which are seconds since the epoch. */
final class TimeFunctions {
  private TimeFunctions() {}

  static List<Function> all() {
    return List.of(
        new Function(
            "now", "now()", "when the question is asked", "now() > 0", 0, 0, TimeFunctions::now),
        new Function("time", "time()", "the same", "time() = now()", 0, 0, TimeFunctions::now),
        new Function(
            "relative_time",
            "relative_time(time, modifier)",
            "moved as in -1d@d",
            "relative_time(1000000000, \"@d\")",
            2,
            2,
            TimeFunctions::relative),
        new Function(
            "strftime",
            "strftime(time, format)",
            "a moment in words: %Y-%m-%d %H:%M:%S, %F, %T, %b, %a, %p, %z, %Z, %3N, %s",
            "strftime(0, \"%Y-%m-%d %H:%M\")",
            2,
            2,
            a ->
                a.anyMissing() || Double.isNaN(a.number(0))
                    ? Value.nothing()
                    : Value.text(
                        TimeFormat.write(
                            instant(a.number(0)), a.text(1), a.scope().setting().zone()))),
        new Function(
            "strptime",
            "strptime(text, format)",
            "the moment that words say",
            "strptime(\"1970-01-02\", \"%Y-%m-%d\")",
            2,
            2,
            a ->
                a.anyMissing()
                    ? Value.nothing()
                    : TimeFormat.read(a.text(0), a.text(1), a.scope().setting().zone())));
  }

  private static Value now(Arguments arguments) {
    return seconds(arguments.scope().setting().now());
  }

  static Value seconds(Instant time) {
    return Value.number((double) time.getEpochSecond() + time.getNano() / 1e9);
  }

  /** To the microsecond, which is what a double can tell apart. */
  static Instant instant(double seconds) {
    double whole = Math.floor(seconds);
    double clamped = Math.clamp(whole, -31_557_014_167.0, 31_556_889_864.0);
    return Instant.ofEpochSecond((long) clamped, Math.round((seconds - whole) * 1e6) * 1000L);
  }

  private static Value relative(Arguments a) {
    if (a.anyMissing() || Double.isNaN(a.number(0))) {
      return Value.nothing();
    }
    Setting at = new Setting(instant(a.number(0)), a.scope().setting().zone());
    try {
      return seconds(TimeModifier.resolve(a.text(1), at));
    } catch (IllegalArgumentException e) {
      return Value.nothing(); // A modifier that rows made.
    }
  }
}
