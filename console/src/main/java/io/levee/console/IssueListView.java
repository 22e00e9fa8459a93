package io.levee.console;

import io.levee.engine.issue.IssueStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the list of issues shows.
 *
 * @param total how many match
 * @param notice what was just done; empty when nothing was
 * @param bulk for changing all that match, and taking that back
 * @param cut whether the query found events of more issues than a list can be made of
 */
record IssueListView(
    Shell shell,
    SearchBox box,
    Params params,
    TimeChoice time,
    List<IssueRow> rows,
    long total,
    @Nullable String next,
    IssueStore.SeenIn seenIn,
    String notice,
    BulkView bulk,
    boolean cut) {
  /** How many issues a query over events can name. */
  static final int FINGERPRINTS_MAX = 1000;

  private static final Map<String, String> STATUSES =
      Map.of(
          "unresolved",
          "Unresolved",
          "resolved",
          "Resolved",
          "ignored",
          "Ignored",
          "archived",
          "Archived",
          "any",
          "All");

  /** The tabs, in order. */
  List<String> statuses() {
    return List.of("unresolved", "resolved", "ignored", "archived", "any");
  }

  String statusWord(String status) {
    return STATUSES.getOrDefault(status, status);
  }

  @Nullable String statusCurrent(String status) {
    String chosen = params.get("status");
    return (chosen.isEmpty() ? "unresolved" : chosen).equals(status) ? "page" : null;
  }

  String statusLink(String status) {
    return params
        .without("after")
        .with("status", status.equals("unresolved") ? null : status)
        .href();
  }

  String sortLink(String sort) {
    return params.without("after").with("sort", sort.equals("last_seen") ? null : sort).href();
  }

  /** For aria-sort. */
  @Nullable String sorted(String sort) {
    String chosen = params.get("sort");
    return (chosen.isEmpty() ? "last_seen" : chosen).equals(sort) ? "descending" : null;
  }

  String moreLink() {
    return params.with("after", next).href();
  }

  /** Where the forms of the list post to: with the filters, so that the answer is the same list. */
  String statusAction() {
    return params.at(params.path() + "/status").href();
  }

  boolean isFirstPage() {
    return params.get("after").isEmpty();
  }

  boolean hasFilters() {
    return !params.without("sort", "after", "range", "status").values().isEmpty();
  }

  /** Whether one of the filters beside the time is set. */
  boolean hasRefinement() {
    return !(params.get("level") + params.get("environment") + params.get("release")).isEmpty();
  }

  String span() {
    return time.isExact() ? "the chosen time" : TimeChoice.choices().getOrDefault(time.name(), "");
  }
}
