package io.levee.edge.sentry;

import io.levee.edge.decode.Counted;
import io.levee.engine.measure.Outcome;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.util.List;

/**
 * Counts items that we recognise but do not take in yet, and those that we have never heard of.
 * Pure.
 */
final class Unsupported {
  private static final String REASON = "not yet supported";

  private Unsupported() {}

  static Counted count(Envelope.Item item, JsonText json, byte[] body) {
    return switch (item.type()) {
      case "session", "sessions" -> one("session");
      case "check_in" -> one("monitor");
      case "span", "trace_metric" -> container(item.type(), item, json, body);
      case "metric", "statsd", "metric_buckets" -> one("metric_bucket");
      case "attachment" -> one("attachment");
      case "feedback", "user_report" -> one("feedback");
      case "replay_event", "replay_recording", "replay_video" -> one("replay");
      case "profile" -> one("profile");
      case "profile_chunk" -> one("profile_chunk");
      case "raw_security", "security", "nel" -> one("security");
      default -> new Counted(Outcome.REFUSED, "other", "unknown item type", 1);
    };
  }

  private static Counted one(String category) {
    return new Counted(Outcome.REFUSED, category, REASON, 1);
  }

  private static Counted container(
      String category, Envelope.Item item, JsonText json, byte[] body) {
    if (json.parse(body, item.offset(), item.length()) instanceof JsonText.Value(Json.Obj payload)
        && payload.get("items") instanceof Json.Arr(List<Json> items)) {
      return new Counted(Outcome.REFUSED, category, REASON, items.size());
    }
    return one(category);
  }
}
