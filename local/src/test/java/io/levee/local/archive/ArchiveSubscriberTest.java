package io.levee.local.archive;

import io.levee.engine.bus.Subscriber;
import io.levee.spool.FileStorage;
import io.levee.testkit.SubscriberContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class ArchiveSubscriberTest extends SubscriberContract {
  @TempDir private Path folder;
  private FileArchive archive;

  @Override
  protected Subscriber open() {
    archive = new FileArchive(new FileStorage(folder), ArchiveOptions.DEFAULT, Clock.systemUTC());
    archive.start();
    return archive;
  }

  @Override
  protected void close() {
    archive.close();
  }

  @Override
  protected long effects() {
    AtomicLong events = new AtomicLong();
    archive.days().forEach(day -> archive.scan(day, stored -> events.incrementAndGet()));
    return events.get();
  }
}
