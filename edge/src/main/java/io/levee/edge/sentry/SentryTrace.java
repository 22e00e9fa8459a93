package io.levee.edge.sentry;

import io.levee.event.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The {@code trace} of an envelope's header ("Dynamic Sampling Context"). Pure. */
final class SentryTrace {
  /** What every event says itself, or what is nobody's business. */
  private static final Set<String> KNOWN =
      Set.of("trace_id", "public_key", "release", "environment", "transaction", "org_id");

  private SentryTrace() {}

  /** How the trace was sampled, and what else the event does not say. */
  static Json.Obj beyondTheEvent(Json.Obj trace) {
    if (KNOWN.containsAll(trace.fields().keySet())) {
      return Json.Obj.EMPTY;
    }
    Map<String, Json> rest = new LinkedHashMap<>(trace.fields());
    rest.keySet().removeAll(KNOWN);
    return Json.object(rest);
  }
}
