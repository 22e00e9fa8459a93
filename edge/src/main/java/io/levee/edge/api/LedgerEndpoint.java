package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.LedgerStore;
import io.levee.event.Json;
import java.util.List;

/** {@code GET /api/v1/ledger}: what became of everything that was sent, by minute. */
final class LedgerEndpoint {
  private final LedgerStore ledger;

  LedgerEndpoint(LedgerStore ledger) {
    this.ledger = ledger;
  }

  HttpReply read(HttpCall call, ReadContext read) {
    List<LedgerEntry> entries = ledger.read(read.scope(), read.parameters().range());
    return HttpReply.json(
        200,
        ApiReplies.object(
            "lines", Json.array(entries.stream().map(LedgerEndpoint::json).toList())));
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
