package io.levee.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a search shows.
 *
 * @param chart null when the query was not understood, or only more rows are asked for
 * @param shown how many are on the page, earlier parts included
 * @param stored how many there are
 * @param events how many these stand for
 */
record SearchView(
    Shell shell,
    SearchBox box,
    Params params,
    TimeChoice time,
    @Nullable Chart chart,
    List<FacetView> facets,
    List<ResultRow> rows,
    long shown,
    long stored,
    long events,
    @Nullable String next) {
  String moreLink() {
    return params.with("after", next).with("shown", Long.toString(shown)).href();
  }

  /** Tells how many events came after the newest that is shown. */
  String freshLink() {
    long newest =
        rows.isEmpty() ? 0 : Instant.parse(rows.getFirst().time().iso()).toEpochMilli() + 1;
    return !isNewestFirst() || time.isExact() || !params.get("after").isEmpty()
        ? ""
        : Params.of(params.path() + "/fresh")
            .with("q", params.get("q"))
            .with("from", Long.toString(newest))
            .href();
  }

  /** The time in words. */
  String span() {
    return time.isExact()
        ? "the chosen time"
        : "the " + TimeChoice.choices().getOrDefault(time.name(), "").toLowerCase(Locale.ROOT);
  }

  /** A way on from a search that found nothing. */
  record Way(String words, String href) {}

  List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    if (!time.name().equals("90d")) {
      Params longer = params.without("after", "shown", "from", "to");
      ways.add(new Way("Search the last 90 days", longer.with("range", "90d").href()));
    }
    if (!params.get("q").isEmpty()) {
      ways.add(new Way("All events of this time", params.without("after", "shown", "q").href()));
    }
    return ways;
  }

  String add(String term) {
    return params.without("after", "shown").with("q", QueryWords.and(params.get("q"), term)).href();
  }

  String exclude(String term) {
    return params
        .without("after", "shown")
        .with("q", QueryWords.and(params.get("q"), "NOT " + term))
        .href();
  }

  /** The zoom of the histogram: exact bounds are put behind it by the script. */
  String zoomBase() {
    return params.without("after", "shown", "range", "from", "to").href();
  }

  String wholeRange() {
    return params.without("after", "shown", "from", "to").href();
  }

  boolean isNewestFirst() {
    return !params.get("order").equals("oldest");
  }

  String orderLink() {
    return params.without("after", "shown").with("order", isNewestFirst() ? "oldest" : null).href();
  }

  String summary() {
    String all = "Showing " + Figures.exact(shown) + " of " + Figures.count(events, "event");
    return events > stored ? all + "; " + Figures.exact(stored) + " are kept whole" : all;
  }
}
