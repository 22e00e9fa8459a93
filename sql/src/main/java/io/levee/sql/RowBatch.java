package io.levee.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows, sent a thousand at a time. Below Jdbi on purpose: its binding costs
 * more than the statement, and a batch of events has tens of thousands of values. Rows that were
 * not sent when it closes without {@link #finish} are forgotten with the transaction.
 */
final class RowBatch implements AutoCloseable {
  private static final int ROWS_MAX = 1_000;

  private final PreparedStatement statement;
  private int rows;

  RowBatch(Handle handle, String sql) throws SQLException {
    this.statement = handle.getConnection().prepareStatement(sql);
  }

  /** Adds a row of Long, Integer, String, byte[] or null. */
  void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      set(i + 1, values[i]);
    }
    statement.addBatch();
    if (++rows == ROWS_MAX) {
      send();
    }
  }

  private void set(int at, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, Types.NULL);
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      case String text -> statement.setString(at, text);
      case byte[] bytes -> statement.setBytes(at, bytes);
      default -> throw new IllegalArgumentException("column of " + value.getClass());
    }
  }

  /** Sends what is left. */
  void finish() throws SQLException {
    if (rows > 0) {
      send();
    }
  }

  private void send() throws SQLException {
    statement.executeBatch();
    rows = 0;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
