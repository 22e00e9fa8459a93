package io.levee.console;

import org.jspecify.annotations.Nullable;

/**
 * What the page of an event shows.
 *
 * @param issueId null when it belongs to no issue
 */
record EventPageView(
    Shell shell,
    EventView event,
    @Nullable String issueId,
    @Nullable String older,
    @Nullable String newer) {
  EventPageView between(@Nullable String olderId, @Nullable String newerId) {
    return new EventPageView(shell, event, issueId, olderId, newerId);
  }

  String searchLink(String query) {
    return Params.of(shell.link("search")).with("q", query).with("range", "14d").href();
  }

  /** What happened just before and after. */
  String aroundLink() {
    return Params.of(shell.link("explore/around")).with("event", event.id()).href();
  }

  String eventLink(String id) {
    return shell.link("events/" + id);
  }
}
