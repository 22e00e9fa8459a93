package io.levee.sql;

import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.engine.run.Health;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The database that the stores of this package stand on: one connection that writes, behind a lock,
 * and a few that read. Thread-safe. Opened once with {@link #start}; after {@link #close} every
 * call throws {@link IllegalStateException}.
 */
public final class SqlDatabase implements AutoCloseable {
  /** How many readers there are at a time unless told otherwise. */
  public static final int READERS_DEFAULT = 4;

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SqlDatabase.class);
  private static final long READER_WAIT_SECONDS = 10;

  private enum State {
    NEW,
    OPEN,
    CLOSED
  }

  private final Dialect dialect;
  private final int readers;
  private final Jdbi writing;
  private final Jdbi reading;

  /** Fair: one who writes without a pause must not keep the others from writing at all. */
  private final ReentrantLock writeLock = new ReentrantLock(true);

  private final Semaphore readerPermits;
  private final Deque<Handle> idleReaders = new ConcurrentLinkedDeque<>();
  private @Nullable Handle writer;
  private volatile @Nullable String restored;
  private volatile State state = State.NEW;

  SqlDatabase(Dialect dialect, int readers) {
    if (readers < 1 || readers > 64) {
      throw new IllegalArgumentException("readers: " + readers + " (expected: 1..64)");
    }
    this.dialect = dialect;
    this.readers = readers;
    this.writing = positional(Jdbi.create(dialect::openWriter));
    this.reading = positional(Jdbi.create(dialect::openReader));
    this.readerPermits = new Semaphore(readers);
  }

  private static Jdbi positional(Jdbi jdbi) {
    jdbi.getConfig(SqlStatements.class).setSqlParser(new PositionalSql());
    return jdbi;
  }

  /**
   * An SQLite database in a file, created at {@link #start} with the folders above it.
   *
   * @param readers how many may read at a time, 1..64
   */
  public static SqlDatabase sqlite(Path file, int readers) {
    return new SqlDatabase(new SqliteDialect(file, SqliteDialect.BUSY_TIMEOUT_DEFAULT), readers);
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @throws BackendException when it can't be opened or is damaged
   * @throws IllegalStateException when a newer program wrote it, or on a second call
   */
  public void start() {
    writeLock.lock();
    try {
      if (state != State.NEW) {
        throw new IllegalStateException("database: " + state + " (expected: NEW)");
      }
      try {
        open();
      } catch (BackendException.Corrupt e) {
        if (!restore(e)) {
          throw e;
        }
        open();
      }
      state = State.OPEN;
    } finally {
      writeLock.unlock();
    }
  }

  private void open() {
    if (dialect.isLost()) {
      throw new BackendException.Corrupt(dialect.name(), "open", "the file is empty", null);
    }
    try {
      migrate();
      Handle opened = writing.open();
      List<String> damage = dialect.damage(opened.getConnection(), true);
      if (damage.isEmpty()) {
        writer = opened;
        return;
      }
      discard(opened);
      throw new BackendException.Corrupt(dialect.name(), "open", damage.getFirst(), null);
    } catch (JdbiException | SQLException e) {
      throw translated("open", e);
    }
  }

  /** Goes back to the copy; false when there is none. */
  private boolean restore(BackendException.Corrupt cause) {
    try {
      Instant taken = dialect.restore();
      if (taken == null) {
        return false;
      }
      restored = "database: was damaged and is now as its copy of " + taken + " was";
      LOG.atError().addKeyValue("copy", taken).setCause(cause).log("database restored from copy");
      return true;
    } catch (IOException e) {
      throw new BackendException.Unavailable(
          dialect.name(), "restore", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Copies the database beside itself, so that a damaged one can be restored at the next start;
   * what came since is then delivered again by the bus, as far as it keeps it. Others may write
   * meanwhile.
   *
   * @throws BackendException when that fails; the earlier copy stays
   */
  public void keepCopy() {
    // Outside of a transaction, as VACUUM wants it; a connection that only reads may not make
    // files.
    try (Handle handle = writing.open()) {
      dialect.copy(handle.getConnection());
    } catch (JdbiException | SQLException e) {
      throw translated("copy", e);
    } catch (IOException e) {
      throw new BackendException.Unavailable(
          dialect.name(), "copy", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Rewrites the database's files, the copy too, so that nothing in them holds what was deleted
   * before. Takes as long as reading all of it; others read meanwhile, and who writes waits.
   *
   * @throws BackendException when that fails; to be called again
   */
  public void forgetDeleted() {
    writeLock.lock();
    try (Handle handle = writing.open()) {
      requireOpen();
      dialect.forgetDeleted(handle.getConnection());
    } catch (JdbiException | SQLException e) {
      throw translated("forget", e);
    } finally {
      writeLock.unlock();
    }
    keepCopy();
  }

  /** The same, when there is no copy yet: a database that has just been made holds keys already. */
  public void keepFirstCopy() {
    if (!dialect.hasCopy()) {
      keepCopy();
    }
  }

  /** Reads the database through; also says when it was restored at the start. */
  public List<Finding> damage() {
    List<Finding> findings = new ArrayList<>();
    for (String line : read("verify", handle -> dialect.damage(handle.getConnection(), false))) {
      findings.add(new Finding("database, restart to restore its copy: " + line, true));
    }
    if (restored != null) {
      findings.add(new Finding(restored, false));
    }
    return findings;
  }

  private void migrate() {
    try {
      Flyway.configure(SqlDatabase.class.getClassLoader())
          .dataSource(new WriterSource(dialect))
          .locations("classpath:db/migration")
          .placeholders(dialect.placeholders())
          .ignoreMigrationPatterns(
              new String[0]) // What a newer program wrote is not ours to touch.
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw translated("migrate", e);
    }
  }

  /** Something to do in one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Handle handle) throws SQLException;
  }

  /** Something to do in one transaction, without a result. */
  @FunctionalInterface
  interface Task {
    void run(Handle handle) throws SQLException;
  }

  /** {@link #write} without a result. */
  void update(String operation, Task task) {
    this.<Boolean>write(
        operation,
        handle -> {
          task.run(handle);
          return true;
        });
  }

  /**
   * Runs work in a transaction, alone among writers; what it did is durable on return, and undone
   * when it throws.
   */
  <T> T write(String operation, Work<T> work) {
    writeLock.lock();
    try {
      requireOpen();
      Handle handle = writer == null ? writing.open() : writer;
      writer = null; // Only one that worked is used again.
      boolean usable = false;
      try {
        T result = handle.<T, SQLException>inTransaction(work::run);
        usable = true;
        return result;
      } finally {
        if (usable) {
          writer = handle;
        } else {
          discard(handle);
        }
      }
    } catch (JdbiException | SQLException e) {
      throw translated(operation, e);
    } finally {
      writeLock.unlock();
    }
  }

  /** Runs work in a transaction that sees one moment of the database. */
  <T> T read(String operation, Work<T> work) {
    acquireReader(operation);
    try {
      requireOpen();
      Handle idle = idleReaders.poll();
      Handle handle = idle == null ? reading.open() : idle;
      boolean usable = false;
      try {
        T result = handle.<T, SQLException>inTransaction(work::run);
        usable = true;
        return result;
      } finally {
        if (usable && state == State.OPEN) {
          idleReaders.push(handle);
        } else {
          discard(handle);
        }
      }
    } catch (JdbiException | SQLException e) {
      throw translated(operation, e);
    } finally {
      readerPermits.release();
    }
  }

  private void acquireReader(String operation) {
    try {
      if (!readerPermits.tryAcquire(READER_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new BackendException.OverCapacity(
            dialect.name(), operation, "all " + readers + " readers are busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(dialect.name(), operation, "interrupted", e);
    }
  }

  private static void discard(Handle handle) {
    try {
      handle.close();
    } catch (JdbiException e) {
      // The work has failed already, and says why; a broken connection often can't be closed well.
    }
  }

  /** What follows a SELECT whose rows of a table are about to be updated. */
  String lockRows(String tableAlias) {
    return dialect.lockRows(tableAlias);
  }

  /** The backend's name, for failures that the stores find themselves. */
  String name() {
    return dialect.name();
  }

  /** Whether a read and a write would work now. */
  public Health check() {
    if (state != State.OPEN) {
      return Health.failing(dialect.name() + ": " + state);
    }
    try {
      read("check", SqlDatabase::touch);
      write("check", SqlDatabase::touch);
      return Health.ok();
    } catch (BackendException | IllegalStateException e) {
      return Health.failing(String.valueOf(e.getMessage()));
    }
  }

  private static int touch(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM id_sequence").mapTo(Integer.class).one();
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException("database: " + state + " (expected: OPEN)");
    }
  }

  private RuntimeException translated(String operation, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BackendException e) {
        return e;
      }
      if (cause instanceof SQLException e) {
        return dialect.translate(operation, e);
      }
    }
    return new IllegalStateException(
        dialect.name() + " " + operation + ": " + failure.getMessage(), failure);
  }

  /** Waits for the transactions that are under way, and lets go of the file. Idempotent. */
  @Override
  public void close() {
    writeLock.lock();
    try {
      if (state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
      readerPermits.acquireUninterruptibly(readers);
      readerPermits.release(readers);
      idleReaders.forEach(SqlDatabase::discard);
      idleReaders.clear();
      lastCopy();
      if (writer != null) {
        discard(writer); // The last to leave, so that it folds the write-ahead log into the file.
        writer = null;
      }
    } finally {
      writeLock.unlock();
    }
  }

  /** What is written last is in the copy; without it, the earlier copy will do. */
  private void lastCopy() {
    if (writer == null) {
      return; // Never opened, or in trouble.
    }
    try {
      keepCopy();
    } catch (BackendException | JdbiException e) {
      LOG.atWarn().setCause(e).log("database not copied at the end");
    }
  }

  /** The migrations' way to the dialect's connections. */
  private record WriterSource(Dialect dialect) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return dialect.openWriter();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return dialect.openWriter();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      throw new UnsupportedOperationException("logs go to slf4j");
    }

    @Override
    public void setLoginTimeout(int seconds) {
      throw new UnsupportedOperationException("the dialect sets the time limits");
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger(SqlDatabase.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
