package io.levee.sql;

import io.levee.engine.issue.IssueStore;
import io.levee.testkit.IssueStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteIssueStoreTest extends IssueStoreContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected IssueStore open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new SqlIssueStore(database);
  }

  @Override
  protected void close() {
    database.close();
  }
}
