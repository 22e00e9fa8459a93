package io.levee.console;

import io.levee.engine.measure.LedgerEntry;
import io.levee.engine.measure.Outcome;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.Project;
import io.levee.engine.run.BackendException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on every page of a project that something of it was dropped lately.
 *
 * @param count how many, in words
 * @param reasons why, the most frequent first
 * @param link to the numbers
 */
record Notice(String count, String reasons, String link) {
  private static final Logger LOG = LoggerFactory.getLogger(Notice.class);
  private static final Duration LATELY = Duration.ofHours(1);
  private static final int REASONS_MAX = 3;

  /** The kinds of items that we know and leave out on purpose; nothing is wrong then. */
  private static final String LEFT_OUT = "not yet supported";

  /** Null when nothing was dropped, or nobody can say. */
  static @Nullable Notice of(ConsolePorts ports, Project project) {
    Instant now = ports.clock().instant();
    List<LedgerEntry> entries;
    try {
      entries =
          ports
              .ledger()
              .sums(
                  Site.scope(project),
                  TimeRange.before(now.plusSeconds(1), LATELY),
                  Duration.ofDays(1));
    } catch (BackendException e) {
      LOG.atWarn().setCause(e).log("cannot say whether something was dropped");
      return null;
    }
    Map<String, Long> reasons = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      if (isDropped(entry)) {
        reasons.merge(words(entry), entry.quantity(), Long::sum);
      }
    }
    return reasons.isEmpty() ? null : of(project, reasons);
  }

  private static Notice of(Project project, Map<String, Long> reasons) {
    long total = reasons.values().stream().mapToLong(Long::longValue).sum();
    List<String> most =
        reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(REASONS_MAX)
            .map(reason -> reason.getKey() + " (" + Figures.compact(reason.getValue()) + ")")
            .toList();
    String more = reasons.size() > REASONS_MAX ? " and more" : "";
    return new Notice(
        Figures.count(total, "item"),
        String.join(", ", most) + more,
        "/p/" + project.slug() + "/ledger?range=1h");
  }

  private static boolean isDropped(LedgerEntry entry) {
    return switch (entry.outcome()) {
      case THROTTLED, MALFORMED, CLIENT_DROPPED -> true;
      case REFUSED -> !entry.reason().equals(LEFT_OUT);
      case ACCEPTED, SAMPLED_OUT, DUPLICATE -> false;
    };
  }

  private static String words(LedgerEntry entry) {
    String reason = entry.reason().isEmpty() ? "" : ": " + entry.reason();
    return entry.outcome() == Outcome.CLIENT_DROPPED
        ? "dropped by the client" + reason
        : entry.outcome() == Outcome.MALFORMED && entry.reason().equals("malformed")
            ? "malformed"
            : LedgerView.words(entry.outcome()) + reason;
  }
}
