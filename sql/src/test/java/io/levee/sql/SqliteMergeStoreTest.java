package io.levee.sql;

import io.levee.testkit.MergeStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteMergeStoreTest extends MergeStoreContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected Stores open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new Stores(new SqlIssueStore(database), new SqlMergeStore(database));
  }

  @Override
  protected void close() {
    database.close();
  }
}
