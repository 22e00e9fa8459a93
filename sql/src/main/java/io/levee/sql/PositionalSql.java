package io.levee.sql;

import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Our statements have question marks for their parameters and no names: counting those is all there
 * is to read. Jdbi's own parser reads every word of every text that it sees for the first time,
 * which are many where a list of ids is part of it. Thread-safe.
 */
final class PositionalSql implements SqlParser {
  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    int parameters = count(sql);
    return parameters == 0
        ? ParsedSql.builder().append(sql).build()
        : ParsedSql.of(sql, ParsedParameters.positional(parameters));
  }

  /** The question marks outside of quoted text. */
  static int count(String sql) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      quoted ^= c == '\'';
      count += c == '?' && !quoted ? 1 : 0;
    }
    return count;
  }

  /** Jdbi asks when somebody binds a bean or a list by its name: a mistake in a statement. */
  @Override
  public String nameParameter(String name, StatementContext context) {
    throw new IllegalArgumentException(
        "parameter bound by name: " + name + " (expected: question marks, bound by position)");
  }
}
