package io.levee.sql;

import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
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
import org.jspecify.annotations.Nullable;

/**
 * The database that the stores of this package stand on: one connection that writes, behind a lock,
 * and a few that read. Thread-safe. Opened once with {@link #start}; after {@link #close} every
 * call throws {@link IllegalStateException}.
 */
public final class SqlDatabase implements AutoCloseable {
  /** How many readers there are at a time unless told otherwise. */
  public static final int READERS_DEFAULT = 4;

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
  private final ReentrantLock writeLock = new ReentrantLock();
  private final Semaphore readerPermits;
  private final Deque<Handle> idleReaders = new ConcurrentLinkedDeque<>();
  private @Nullable Handle writer;
  private volatile State state = State.NEW;

  SqlDatabase(Dialect dialect, int readers) {
    if (readers < 1 || readers > 64) {
      throw new IllegalArgumentException("readers: " + readers + " (expected: 1..64)");
    }
    this.dialect = dialect;
    this.readers = readers;
    this.writing = Jdbi.create(dialect::openWriter);
    this.reading = Jdbi.create(dialect::openReader);
    this.readerPermits = new Semaphore(readers);
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
      migrate();
      writer = writing.open();
      state = State.OPEN;
    } catch (JdbiException e) {
      throw translated("open", e);
    } finally {
      writeLock.unlock();
    }
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
      if (writer != null) {
        discard(writer); // The last to leave, so that it folds the write-ahead log into the file.
        writer = null;
      }
    } finally {
      writeLock.unlock();
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
