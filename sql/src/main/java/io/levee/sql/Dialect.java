package io.levee.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

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
   * What a failure means to the caller: a BackendException when the database is in trouble, an
   * IllegalStateException when we made a mistake.
   */
  RuntimeException translate(String operation, SQLException failure);
}
