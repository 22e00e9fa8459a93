package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
class SqlDatabaseTest {
  @TempDir private Path folder;
  private Path file;
  private SqlDatabase database;

  @BeforeEach
  void open() {
    file = folder.resolve("some/where/levee.db");
    database = new SqlDatabase(new SqliteDialect(file, Duration.ofMillis(50)), 2);
    database.start();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void forcesEveryCommitThroughTheWriteAheadLog() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
  }

  private String pragma(String name) {
    return database.write(
        "pragma", handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }

  @Test
  void keepsWhatItWroteAndFindsItsTablesUpToDate() {
    database.update("test", handle -> add(handle, "a"));
    database.close();

    database = SqlDatabase.sqlite(file, 2);
    database.start();

    assertThat(database.<Integer>read("test", SqlDatabaseTest::added)).isEqualTo(1);
  }

  @Test
  void undoesWhatFails() {
    assertThatThrownBy(() ->
            database.update(
                "test",
                handle -> {
                  add(handle, "a");
                  throw new IllegalArgumentException("no");
                }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");

    database.update("test", handle -> add(handle, "b"));
    assertThat(database.<Integer>read("test", SqlDatabaseTest::added)).isEqualTo(1);
  }

  @Test
  void letsReadersWriteNothing() {
    assertThatThrownBy(() ->
            database.read(
                "test",
                handle -> {
                  add(handle, "a");
                  return 1;
                }))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void saysWhenAnotherHoldsTheLock() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> database.update("test", handle -> add(handle, "a")))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageStartingWith("sqlite test: ");
      assertThat(database.check()).isInstanceOf(Health.Failing.class);
      assertThat(database.<Integer>read("test", SqlDatabaseTest::added)).isZero();

      statement.execute("ROLLBACK");
      assertThat(database.check()).isEqualTo(Health.ok());
    }
  }

  @Test
  void comesBackAfterTheDiskWasFull() {
    assertThatThrownBy(() ->
            database.update(
                "test",
                handle -> {
                  handle.execute("PRAGMA max_page_count = 1");
                  for (int i = 0; i < 2_000; i++) {
                    add(handle, "a name of some length, so that pages fill: " + i);
                  }
                }))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("full");

    database.update("test", handle -> add(handle, "a"));
    assertThat(database.<Integer>read("test", SqlDatabaseTest::added)).isEqualTo(1);
  }

  @Test
  void takesOurMistakesForMistakes() {
    assertThatThrownBy(() -> database.update("test", handle -> handle.execute("SELECT nonsense")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("sqlite test: ");
    assertThatThrownBy(() ->
            database.update(
                "test",
                handle -> {
                  add(handle, "a");
                  add(handle, "a");
                }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws Exception {
    Path other = folder.resolve("other.db");
    Files.writeString(other, "this is no database ".repeat(500));
    SqlDatabase broken = SqlDatabase.sqlite(other, 1);

    assertThatThrownBy(broken::start).isInstanceOf(BackendException.Corrupt.class);

    assertThat(Files.readString(other)).startsWith("this is no database ");
  }

  @Test
  void goesBackToItsCopyWhenItIsDamaged() throws Exception {
    database.update("test", handle -> add(handle, "kept"));
    database.close();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, 5_000, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));

      database = SqlDatabase.sqlite(file, 2);
      database.start();

      assertThat(database.<Integer>read("test", SqlDatabaseTest::added)).as("%d", length).isOne();
      assertThat(database.damage())
          .singleElement()
          .satisfies(found -> assertThat(found.what()).contains("as its copy of"))
          .satisfies(found -> assertThat(found.open()).isFalse());
      database.close();
    }
    assertThat(file.resolveSibling("levee.db.damaged-4")).hasSize(whole.length / 2);
  }

  @Test
  void readsItselfThrough() throws Exception {
    assertThat(database.damage()).isEmpty();
  }

  @Test
  void refusesAFileThatCannotBe() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    SqlDatabase impossible = SqlDatabase.sqlite(folder.resolve("file/levee.db"), 1);

    assertThatThrownBy(impossible::start).isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void refusesWhatANewerProgramWrote() {
    database.update(
        "test",
        handle ->
            handle.execute(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                    + " script, checksum, installed_by, installed_on, execution_time, success)"
                    + " VALUES (99, '999', 'future', 'SQL', 'V999__future.sql', 1, '', '', 1, 1)"));
    database.close();
    SqlDatabase older = SqlDatabase.sqlite(file, 1);

    assertThatThrownBy(older::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void doesNothingAfterClosing() {
    database.close();
    database.close();

    assertThatThrownBy(() -> database.read("test", SqlDatabaseTest::added))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> database.update("test", handle -> add(handle, "a")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(database::start).isInstanceOf(IllegalStateException.class);
    assertThat(database.check()).isInstanceOf(Health.Failing.class);
  }

  private static void add(Handle handle, String name) {
    handle.execute("INSERT INTO id_sequence (name, next_id) VALUES (?, -1)", name);
  }

  private static int added(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM id_sequence WHERE next_id = -1")
        .mapTo(Integer.class)
        .one();
  }
}
