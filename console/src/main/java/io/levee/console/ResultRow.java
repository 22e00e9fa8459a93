package io.levee.console;

import io.levee.event.Event;
import java.time.Instant;
import java.util.Objects;

/** One found event in a list. */
record ResultRow(
    String id,
    String link,
    TimeText time,
    String clock,
    String level,
    String kind,
    TitleText title,
    String culprit,
    String environment) {
  static ResultRow of(Event event, String slug, Instant now) {
    return new ResultRow(
        event.id().toString(),
        "/p/" + slug + "/events/" + event.id(),
        TimeText.of(event.time(), now),
        TimeText.clock(event.time()),
        event.level().wireName(),
        event.kind().wireName(),
        TitleText.of(event.title(), EventView.type(event)),
        Objects.requireNonNullElse(event.culprit(), Objects.requireNonNullElse(event.logger(), "")),
        Objects.requireNonNullElse(event.environment(), ""));
  }
}
