package io.levee.sql;

import io.levee.testkit.ReleaseStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteReleaseStoreTest extends ReleaseStoreContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected Stores open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new Stores(new SqlIssueStore(database), new SqlReleaseStore(database));
  }

  @Override
  protected void close() {
    database.close();
  }
}
