package io.levee.bench;

import io.levee.event.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Holds what the stores of a running Levee say against what was answered with 200. */
final class Audit {
  private static final int BY_ID_SAMPLE = 500;
  private static final Duration ISSUES_STILL = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ApiClient api;
  private final Report report;

  Audit(ApiClient api, Report report) {
    this.api = api;
    this.report = report;
  }

  /**
   * Compares counts alone; says something only when they differ.
   *
   * @param acknowledged events answered with 200, with no request under way
   */
  boolean counts(long acknowledged, String when) throws IOException, InterruptedException {
    Drain drain = Drain.await(api, 0, acknowledged);
    awaitIssues(acknowledged);
    long inIssues = api.issueEvents();
    boolean good = drain.searchable() == acknowledged && inIssues == acknowledged;
    if (!good) {
      report.line(
          "  WRONG %s: acknowledged %d, counted by the index %d, by the issues %d",
          when, acknowledged, drain.searchable(), inIssues);
    }
    return good;
  }

  /** Compares every id, the counts, and the two stores with each other, and reports it. */
  boolean everything(Collection<String> acknowledged, long retries)
      throws IOException, InterruptedException {
    boolean counted = counts(acknowledged.size(), "at the end");
    Tally.Counter counter = new Tally.Counter();
    api.eachEventId(counter::found);
    Tally tally = counter.against(acknowledged);
    long missing = missingById(List.copyOf(acknowledged));
    Json.Obj verified = api.verify();
    boolean agree =
        verified.get("agree") instanceof Json.Bool(boolean yes)
            && yes
            && Long.toString(acknowledged.size()).equals(verified.text("events"));
    report.line(
        "  acknowledged %d, sent again %d; lost %d, found twice %d, never acknowledged %d",
        acknowledged.size(), retries, tally.lost(), tally.doubled(), tally.foreign());
    report.line(
        "  counts of index and issues %s; missing by id %d of %d; index and archive agree: %s on %s",
        counted ? "the same" : "DIFFER",
        missing,
        Math.min(BY_ID_SAMPLE, acknowledged.size()),
        agree ? "yes" : "NO",
        String.valueOf(verified.text("events")));
    return counted
        && missing == 0
        && agree
        && tally.equals(new Tally(0, 0, 0, acknowledged.size()));
  }

  /** How many of these events are not found. */
  long lost(Collection<String> acknowledged) throws IOException, InterruptedException {
    Drain.await(api, 0, acknowledged.size());
    Tally.Counter counter = new Tally.Counter();
    api.eachEventId(counter::found);
    return counter.against(acknowledged).lost();
  }

  /** The issues' subscriber may be behind the index's; a sum that stands still is the final one. */
  private void awaitIssues(long expected) throws IOException, InterruptedException {
    long movedNanos = System.nanoTime();
    long before = api.issueEvents();
    while (before < expected && Times.since(movedNanos).compareTo(ISSUES_STILL) < 0) {
      Thread.sleep(POLL);
      long now = api.issueEvents();
      if (now != before) {
        before = now;
        movedNanos = System.nanoTime();
      }
    }
  }

  private long missingById(List<String> ids) throws IOException, InterruptedException {
    long missing = 0;
    int stride = Math.max(1, ids.size() / BY_ID_SAMPLE);
    for (int i = 0; i < ids.size() && i / stride < BY_ID_SAMPLE; i += stride) {
      missing += api.has(ids.get(i)) ? 0 : 1;
    }
    return missing;
  }
}
