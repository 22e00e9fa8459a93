package io.levee.edge.sentry;

import io.levee.edge.decode.Counted;
import io.levee.engine.measure.Outcome;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients dropped before sending ("Client Reports"). The ledger keeps a line for each
 * category and reason, so only the known words of each get in; others are counted as {@code other}.
 * Pure.
 */
final class ClientReports {
  /** Of a report only so many lines are read. */
  static final int LINES_MAX = 100;

  /** More in one line is not believed. */
  static final long QUANTITY_MAX = 1_000_000_000L;

  private static final Set<String> REASONS =
      Set.of(
          "queue_overflow",
          "cache_overflow",
          "buffer_overflow",
          "ratelimit_backoff",
          "network_error",
          "sample_rate",
          "before_send",
          "event_processor",
          "send_error",
          "internal_sdk_error",
          "insufficient_data",
          "backpressure",
          "no_parent_span",
          "ignored",
          "invalid");

  private static final Set<String> CATEGORIES =
      Set.of(
          "default",
          "error",
          "transaction",
          "monitor",
          "span",
          "log_item",
          "log_byte",
          "security",
          "attachment",
          "session",
          "profile",
          "profile_chunk",
          "profile_chunk_ui",
          "replay",
          "feedback",
          "trace_metric",
          "trace_metric_byte",
          "metric_bucket",
          "internal");

  private static final List<String> LISTS =
      List.of("discarded_events", "rate_limited_events", "filtered_events");

  private ClientReports() {}

  static List<Counted> of(Json.Obj report) {
    List<Counted> counted = new ArrayList<>();
    for (String list : LISTS) {
      for (Json item : report.array(list)) {
        if (item instanceof Json.Obj line && counted.size() < LINES_MAX) {
          counted.add(line(line));
        }
      }
    }
    return counted;
  }

  private static Counted line(Json.Obj line) {
    long quantity =
        line.get("quantity") instanceof Json.Num number
            ? (long) Math.clamp(number.asDouble(), 0, QUANTITY_MAX)
            : 1;
    return new Counted(
        Outcome.CLIENT_DROPPED,
        known(CATEGORIES, line.text("category")),
        known(REASONS, line.text("reason")),
        quantity);
  }

  private static String known(Set<String> words, @Nullable String word) {
    return word != null && words.contains(word) ? word : "other";
  }
}
