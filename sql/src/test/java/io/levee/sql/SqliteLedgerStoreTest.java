package io.levee.sql;

import io.levee.engine.measure.LedgerStore;
import io.levee.testkit.LedgerStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteLedgerStoreTest extends LedgerStoreContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected LedgerStore open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new SqlLedgerStore(database);
  }

  @Override
  protected void close() {
    database.close();
  }
}
