package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Outcome;
import io.levee.event.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/ledger}: what became of everything that was sent, by minute or step. */
final class LedgerEndpoint {
  private static final Duration STEP_MAX = Duration.ofDays(90);

  private final LedgerStore ledger;

  LedgerEndpoint(LedgerStore ledger) {
    this.ledger = ledger;
  }

  HttpReply read(HttpCall call, ReadContext read) {
    Duration step = read.parameters().duration("step");
    String key = read.parameters().text("key_prefix");
    List<LedgerEntry> entries =
        ledger.sums(read.scope(), read.parameters().range(), whole(step)).stream()
            .filter(entry -> key.isEmpty() || entry.key().equals(key))
            .toList();
    return HttpReply.json(
        200,
        ApiReplies.object(
            "totals",
            totals(entries),
            "lines",
            Json.array(entries.stream().map(LedgerEndpoint::json).toList())));
  }

  private static Duration whole(@Nullable Duration step) {
    if (step == null) {
      return Duration.ofMinutes(1);
    }
    if (step.toSeconds() < 60 || step.compareTo(STEP_MAX) > 0) {
      throw new ApiParameters.Wrong("step: " + step + " (expected: 1m..90d)");
    }
    return step;
  }

  private static Json.Obj totals(List<LedgerEntry> entries) {
    Map<String, Json> totals = new LinkedHashMap<>();
    long received = 0;
    for (Outcome outcome : Outcome.values()) {
      long sum =
          entries.stream()
              .filter(entry -> entry.outcome() == outcome)
              .mapToLong(LedgerEntry::quantity)
              .sum();
      totals.put(outcome.wireName(), Json.number(sum));
      received += outcome == Outcome.CLIENT_DROPPED ? 0 : sum;
    }
    totals.put("received", Json.number(received));
    return new Json.Obj(totals);
  }

  private static Json.Obj json(LedgerEntry entry) {
    return ApiReplies.object(
        "minute", entry.minute(),
        "key", entry.key(),
        "outcome", entry.outcome().wireName(),
        "category", entry.category(),
        "reason", entry.reason(),
        "quantity", entry.quantity());
  }
}
