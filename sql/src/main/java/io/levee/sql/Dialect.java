package io.levee.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What SQLite and PostgreSQL do differently, all of it. Thread-safe. */
interface Dialect {
  /** The backend's name in failures and logs. */
  String name();

  /** A connection whose transactions may write; its commit is durable. */
  Connection openWriter() throws SQLException;

  /** A connection whose transactions see one moment and write nothing. */
  Connection openReader() throws SQLException;

  /** The words that migrations leave open. */
  Map<String, String> placeholders();

  /**
   * What follows a SELECT whose rows of a table are about to be updated; empty where there is only
   * one writer anyway.
   */
  String lockRows(String tableAlias);

  /**
   * Replaces the copy that {@link #restore} goes back to with what a connection sees; nothing where
   * the database server does that itself.
   */
  default void copy(Connection connection) throws SQLException, IOException {}

  /** Removes what was deleted from the files, where deleting alone does not. */
  default void forgetDeleted(Connection connection) throws SQLException {}

  /** Whether the database is empty though there is a copy of one: then it was lost. */
  default boolean isLost() {
    return false;
  }

  /** Whether there is such a copy, or none is needed. */
  default boolean hasCopy() {
    return true;
  }

  /**
   * Puts the copy in the place of a database that can't be read.
   *
   * @return when the copy was taken; null when there is none
   */
  default @Nullable Instant restore() throws IOException {
    return null;
  }

  /**
   * Reads the database through.
   *
   * @param quick only if it doesn't take long, and only what would stop the work
   * @return what is wrong with it, a line each
   */
  default List<String> damage(Connection connection, boolean quick) throws SQLException {
    return List.of();
  }

  /**
   * What a failure means to the caller: a BackendException when the database is in trouble, an
   * IllegalStateException when we made a mistake.
   */
  RuntimeException translate(String operation, SQLException failure);
}
