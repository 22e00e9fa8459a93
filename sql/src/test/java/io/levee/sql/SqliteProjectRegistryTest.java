package io.levee.sql;

import io.levee.engine.registry.ProjectRegistry;
import io.levee.testkit.ProjectRegistryContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteProjectRegistryTest extends ProjectRegistryContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected ProjectRegistry open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom());
  }

  @Override
  protected void close() {
    database.close();
  }
}
