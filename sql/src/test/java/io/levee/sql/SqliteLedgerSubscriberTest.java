package io.levee.sql;

import io.levee.engine.bus.Subscriber;
import io.levee.testkit.SubscriberContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqliteLedgerSubscriberTest extends SubscriberContract {
  @TempDir private Path folder;
  private SqlDatabase database;

  @Override
  protected Subscriber open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    return new SqlLedgerStore(database);
  }

  @Override
  protected void close() {
    database.close();
  }

  @Override
  protected long effects() {
    return database.read(
        "count",
        handle -> handle.createQuery("select sum(quantity) from ledger").mapTo(Long.class).one());
  }
}
