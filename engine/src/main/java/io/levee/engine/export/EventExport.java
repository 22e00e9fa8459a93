package io.levee.engine.export;

import io.levee.engine.index.EventIndex;
import io.levee.engine.index.SearchPage;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes every event that matches, the oldest first, without a limit: a page of the index at a time
 * is in memory. Thread-safe.
 */
public final class EventExport {
  private static final int PAGE = 500;

  private final EventIndex index;

  /** Over an index that is open when something is written. */
  public EventExport(EventIndex index) {
    this.index = index;
  }

  /**
   * Writes; returns when all is written.
   *
   * @return how many events
   * @throws IOException when nobody reads any more
   */
  public long write(
      ProjectScope scope, Query query, TimeRange range, ExportFormat format, OutputStream out)
      throws IOException {
    if (format == ExportFormat.CSV) {
      out.write(CsvEvents.HEAD);
    }
    long written = 0;
    @Nullable String after = null;
    do {
      SearchPage page =
          index.search(
              new SearchRequest(scope, query, range, SearchRequest.Order.OLDEST, after, PAGE));
      for (StoredEvent event : page.events()) {
        switch (format) {
          case NDJSON -> {
            out.write(event.json());
            out.write('\n');
          }
          case CSV -> out.write(CsvEvents.line(event.event()));
        }
        written++;
      }
      out.flush();
      after = page.next();
    } while (after != null);
    return written;
  }
}
