package io.levee.console;

import io.levee.engine.index.EventCount;
import io.levee.engine.issue.Issue;
import org.jspecify.annotations.Nullable;

/**
 * What the page of an issue shows.
 *
 * @param count how many of its events are kept, and how many these stand for
 * @param event null when none is kept any more
 * @param older id of the event before; null when there is none
 * @param newer id of the event after; null when there is none
 * @param query finds its events
 * @param work what people did about it
 * @param merged the number of an issue that somebody asked for and that was merged into this one;
 *     empty when nobody did
 */
record IssueView(
    Shell shell,
    String path,
    Issue issue,
    TitleText title,
    TimeText first,
    TimeText last,
    TimeChoice time,
    Chart chart,
    EventCount count,
    @Nullable EventView event,
    @Nullable String older,
    @Nullable String newer,
    String query,
    WorkView work,
    String merged) {
  /** How many of its events can be looked at; empty when all can. */
  String keptOf() {
    return count.stored() == count.events()
        ? ""
        : "Showing " + Figures.exact(count.stored()) + " of " + Figures.exact(count.events());
  }

  String statusWord() {
    return issue.status().wireName();
  }

  String searchLink(String more) {
    return Params.of(shell.link("search"))
        .with("q", more.isEmpty() ? query : query + " " + more)
        .with("range", time.isExact() ? "14d" : time.name())
        .href();
  }

  String eventLink(@Nullable String id) {
    return Params.of(path).with("event", id).href();
  }

  String markdownLink() {
    return Params.of(path + "/markdown").with("event", event == null ? null : event.id()).href();
  }

  String rangeLink(String name) {
    return Params.of(path).with("range", name).href();
  }
}
