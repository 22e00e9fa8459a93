package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionalSqlTest {
  @Test
  void countsQuestionMarksOutsideOfQuotes() {
    assertThat(PositionalSql.count("SELECT 1")).isZero();
    assertThat(PositionalSql.count("SELECT a FROM b WHERE c = ? AND d IN (?,?)")).isEqualTo(3);
    assertThat(PositionalSql.count("SELECT '?', 'it''s ?' FROM b WHERE c = ?")).isEqualTo(1);
  }
}
