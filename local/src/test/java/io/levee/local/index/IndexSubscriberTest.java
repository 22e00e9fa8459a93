package io.levee.local.index;

import io.levee.engine.bus.Subscriber;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import io.levee.testkit.SubscriberContract;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class IndexSubscriberTest extends SubscriberContract {
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z"));

  @TempDir private Path folder;
  private LuceneEventIndex index;

  @Override
  protected Subscriber open() {
    index = new LuceneEventIndex(folder, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    return index;
  }

  @Override
  protected void close() {
    index.close();
  }

  @Override
  protected long effects() {
    return index.count(ProjectScope.of(new ProjectId(1)), new Query.All(), RANGE).stored();
  }
}
