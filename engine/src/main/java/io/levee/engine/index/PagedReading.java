package io.levee.engine.index;

import org.jspecify.annotations.Nullable;

/** Reads events page by page, for indexes that have no better way. */
final class PagedReading {
  private static final int PAGE = 500;

  private PagedReading() {}

  static boolean read(EventIndex index, EventReading reading, EventConsumer consumer) {
    @Nullable String after = null;
    do {
      SearchPage page =
          index.search(
              new SearchRequest(
                  reading.scope(),
                  reading.query(),
                  reading.range(),
                  SearchRequest.Order.NEWEST,
                  after,
                  PAGE));
      for (StoredEvent event : page.events()) {
        if (!consumer.take(event)) {
          return false;
        }
      }
      after = page.next();
    } while (after != null);
    return true;
  }
}
