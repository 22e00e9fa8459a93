/**
 * The registry, the issues, the ledger and the dead letters in a relational database. Statements
 * and migrations are one text for SQLite and PostgreSQL; {@link io.levee.sql.Dialect} is the only
 * place that knows which of them is behind it.
 *
 * <p>Odd, and on purpose: ids come from a table of counters and not from identity columns, which
 * the two databases spell differently; merges of old and new values happen in Java, under the row
 * lock (PostgreSQL) or the only writer (SQLite), because the two share no GREATEST.
 */
@NullMarked
package io.levee.sql;

import org.jspecify.annotations.NullMarked;
