package io.levee.local.bus;

import io.levee.engine.bus.EventBus;
import io.levee.spool.FileStorage;
import io.levee.spool.SpoolOptions;
import io.levee.testkit.EventBusContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SpoolEventBusTest extends EventBusContract {
  @TempDir private Path folder;

  @Override
  protected EventBus open() {
    return new SpoolEventBus(new FileStorage(folder), SpoolOptions.defaults());
  }
}
