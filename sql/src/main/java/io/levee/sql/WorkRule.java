package io.levee.sql;

import io.levee.engine.work.Fix;
import io.levee.engine.work.Until;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns in which a condition lies: how long an issue is ignored, or where it is resolved.
 *
 * @param code see migration 10
 * @param number a moment in microseconds, or how many; 0 when there is none
 * @param hours of a rate
 */
record WorkRule(int code, long number, int hours, @Nullable String release) {
  static final int TIME = 1;
  static final int EVENTS = 2;
  static final int RATE = 3;
  static final int USERS = 4;
  static final int IN_RELEASE = 5;
  static final int AFTER_RELEASE = 6;
  static final WorkRule NONE = new WorkRule(0, 0, 0, null);

  static WorkRule of(Until until) {
    return switch (until) {
      case Until.Forever ignored -> NONE;
      case Until.Time(var at) -> new WorkRule(TIME, Micros.of(at), 0, null);
      case Until.Events(long more) -> new WorkRule(EVENTS, more, 0, null);
      case Until.Rate(long events, int hours) -> new WorkRule(RATE, events, hours, null);
      case Until.Users(long more) -> new WorkRule(USERS, more, 0, null);
    };
  }

  static WorkRule of(Fix fix) {
    return switch (fix) {
      case Fix.InRelease(String release) -> new WorkRule(IN_RELEASE, 0, 0, release);
      case Fix.AfterRelease(String release) -> new WorkRule(AFTER_RELEASE, 0, 0, release);
    };
  }

  /** The rule of a row with the columns {@code rule, rule_number, rule_hours, rule_release}. */
  static WorkRule read(ResultSet row) throws SQLException {
    return new WorkRule(
        row.getInt("rule"),
        row.getLong("rule_number"),
        row.getInt("rule_hours"),
        row.getString("rule_release"));
  }

  /** How long it is ignored; null when the rule says nothing of that. */
  @Nullable Until until() {
    return switch (code) {
      case TIME -> new Until.Time(Micros.instant(number));
      case EVENTS -> new Until.Events(number);
      case RATE -> new Until.Rate(number, hours);
      case USERS -> new Until.Users(number);
      default -> null;
    };
  }

  /** Where it is resolved; null when the rule says nothing of that. */
  @Nullable Fix fix() {
    return switch (code) {
      case IN_RELEASE -> new Fix.InRelease(Objects.requireNonNullElse(release, ""));
      case AFTER_RELEASE -> new Fix.AfterRelease(release);
      default -> null;
    };
  }
}
