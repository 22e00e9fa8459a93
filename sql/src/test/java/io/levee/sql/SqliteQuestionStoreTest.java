package io.levee.sql;

import io.levee.event.ProjectId;
import io.levee.testkit.QuestionStoreContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteQuestionStoreTest extends QuestionStoreContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected Opened open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    var registry = new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom());
    ProjectId shop = registry.create("shop", "Shop", 90).id();
    ProjectId blog = registry.create("blog", "Blog", 90).id();
    return new Opened(new SqlQuestionStore(database), shop, blog);
  }

  @Override
  protected void close() {
    database.close();
  }
}
