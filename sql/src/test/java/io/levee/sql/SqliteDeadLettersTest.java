package io.levee.sql;

import io.levee.engine.bus.DeadLetters;
import io.levee.testkit.DeadLettersContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteDeadLettersTest extends DeadLettersContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected DeadLetters open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new SqlDeadLetters(database);
  }

  @Override
  protected DeadLetters open(DeadLetters.Limits limits) {
    return new SqlDeadLetters(database, limits);
  }

  @Override
  protected void close() {
    database.close();
  }
}
