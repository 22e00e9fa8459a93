package io.levee.sql;

import io.levee.engine.run.BackendException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/**
 * SQLite in one file. Write-ahead log, forced at every commit; one process at a time writes, and
 * one that finds it locked waits for a while.
 */
final class SqliteDialect implements Dialect {
  /** How long a connection waits for another process to finish unless told otherwise. */
  static final Duration BUSY_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

  private static final int WRITER_CACHE_KIB = 32 * 1024;
  private static final int READER_CACHE_KIB = 8 * 1024;
  private static final int WAL_BYTES_MAX = 64 * 1024 * 1024;

  /** 16 MiB: four times SQLite's own, so that a large batch is not copied twice at once. */
  private static final int CHECKPOINT_PAGES = 4_096;

  /** A larger file is not read through at every start, only by verify. */
  private static final long QUICK_BYTES_MAX = 256L << 20;

  private static final String SOUND = "ok";

  private final Path file;
  private final SqliteCopy copy;
  private final Duration busyTimeout;

  SqliteDialect(Path file, Duration busyTimeout) {
    this.file = file;
    this.copy = new SqliteCopy(file);
    this.busyTimeout = busyTimeout;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Connection openWriter() throws SQLException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new BackendException.Unavailable(name(), "open", "can't create " + folder, e);
    }
    SQLiteConfig config = config(WRITER_CACHE_KIB);
    // So that a transaction has the write lock from its start and never has to give up half way.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return prepared(config, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
  }

  @Override
  public Connection openReader() throws SQLException {
    return prepared(config(READER_CACHE_KIB), "PRAGMA query_only = 1");
  }

  private Connection prepared(SQLiteConfig config, String pragma) throws SQLException {
    Connection connection = config.createConnection(url());
    try (Statement statement = connection.createStatement()) {
      statement.execute(pragma);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private String url() {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout((int) busyTimeout.toMillis());
    config.enforceForeignKeys(true);
    // Ids are our own. Otherwise every statement's whole text is searched for an INSERT.
    config.setGetGeneratedKeys(false);
    config.setCacheSize(-cacheKib);
    config.setJournalSizeLimit(WAL_BYTES_MAX);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("id", "INTEGER", "bytes", "BLOB", "clustered", "WITHOUT ROWID");
  }

  @Override
  public String lockRows(String tableAlias) {
    return "";
  }

  @Override
  public void copy(Connection connection) throws SQLException, IOException {
    copy.take(connection);
  }

  @Override
  public void forgetDeleted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA temp_store = FILE"); // The whole database passes through it.
      statement.execute("VACUUM");
      try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        if (row.next() && row.getInt(1) != 0) {
          throw new BackendException.Unavailable(
              name(), "forget", "somebody reads what was deleted; tried again", null);
        }
      }
    }
  }

  @Override
  public boolean isLost() {
    File log = new File(file + "-wal");
    return copy.exists() && file.toFile().length() == 0 && log.length() == 0;
  }

  @Override
  public boolean hasCopy() {
    return copy.exists();
  }

  @Override
  public @Nullable Instant restore() throws IOException {
    return copy.restore();
  }

  @Override
  public List<String> damage(Connection connection, boolean quick) throws SQLException {
    if (quick && file.toFile().length() > QUICK_BYTES_MAX) {
      return List.of();
    }
    List<String> damage = new ArrayList<>();
    String pragma = quick ? "PRAGMA quick_check(5)" : "PRAGMA integrity_check(20)";
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery(pragma)) {
      while (lines.next()) {
        if (!SOUND.equals(lines.getString(1))) {
          damage.add(lines.getString(1));
        }
      }
    }
    return damage;
  }

  @Override
  public RuntimeException translate(String operation, SQLException failure) {
    int code = failure instanceof SQLiteException e ? e.getResultCode().code : 0;
    String detail = String.valueOf(failure.getMessage());
    // The low byte is the primary result code, https://www.sqlite.org/rescode.html.
    return switch (code & 0xFF) {
      case 11, 26 -> new BackendException.Corrupt(name(), operation, detail, failure);
      // perm, busy, locked, nomem, readonly, interrupt, ioerr, full, cantopen, protocol
      case 3, 5, 6, 7, 8, 9, 10, 13, 14, 15 ->
          new BackendException.Unavailable(name(), operation, detail, failure);
      default -> new IllegalStateException(name() + " " + operation + ": " + detail, failure);
    };
  }
}
