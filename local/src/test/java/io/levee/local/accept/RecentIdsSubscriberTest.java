package io.levee.local.accept;

import io.levee.engine.bus.Subscriber;
import io.levee.spool.FileStorage;
import io.levee.testkit.SubscriberContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class RecentIdsSubscriberTest extends SubscriberContract {
  @TempDir private Path folder;
  private DiskRecentIds ids;

  @Override
  protected Subscriber open() {
    ids = new DiskRecentIds(new FileStorage(folder), RecentIdsOptions.DEFAULT, Clock.systemUTC());
    ids.start();
    return ids;
  }

  @Override
  protected void close() {
    ids.close();
  }

  @Override
  protected long effects() {
    return ids.remembered();
  }
}
