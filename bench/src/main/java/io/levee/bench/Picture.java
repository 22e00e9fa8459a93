package io.levee.bench;

import io.levee.event.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody who searches a Levee gets to see.
 *
 * @param events every event's content by id, and how often it is listed; one of a burst stands for
 *     several
 * @param answers to some searches
 */
record Picture(Map<String, String> events, List<Long> answers) {
  private static final List<String> QUERIES =
      List.of("region:r3", "courier", "level:error", "release:shop@4.1 order", "user:user-77");

  /** Asks; throws what the answers throw. */
  static Picture of(ApiClient api) throws IOException, InterruptedException {
    Map<String, String> events = new TreeMap<>();
    api.eachEvent(event ->
        events.merge(
            String.valueOf(event.text("id")), JsonText.write(event), (one, other) -> one + other));
    List<Long> answers = new ArrayList<>();
    for (String query : QUERIES) {
      answers.add(api.count(query));
    }
    return new Picture(events, answers);
  }

  /** What differs from another picture, in a few words; empty when nothing does. */
  String against(Picture whole) {
    if (!events.equals(whole.events)) {
      long missing = whole.events.keySet().stream().filter(id -> !events.containsKey(id)).count();
      long foreign = events.keySet().stream().filter(id -> !whole.events.containsKey(id)).count();
      return "%d events, %d missing, %d foreign, of %d"
          .formatted(events.size(), missing, foreign, whole.events.size());
    }
    return answers.equals(whole.answers) ? "" : "searches find " + answers + " of " + whole.answers;
  }
}
