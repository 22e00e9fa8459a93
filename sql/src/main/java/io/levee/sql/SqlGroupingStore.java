package io.levee.sql;

import io.levee.engine.grouping.GroupingStore;
import io.levee.engine.grouping.RuleSet;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grouping rules in a relational database. */
public final class SqlGroupingStore implements GroupingStore {
  private static final String SELECT =
      "SELECT r.project, r.version, r.rules, r.actor, r.at FROM grouping_rules r ";

  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlGroupingStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Map<ProjectId, RuleSet> rules() {
    return database.read(
        "read grouping rules",
        handle -> {
          Map<ProjectId, RuleSet> all = new HashMap<>();
          handle
              .createQuery(
                  SELECT
                      + "WHERE r.version = (SELECT MAX(m.version) FROM grouping_rules m"
                      + " WHERE m.project = r.project)")
              .map((row, context) -> ruleSet(row))
              .forEach(set -> all.put(set.project(), set));
          return all;
        });
  }

  @Override
  public Optional<RuleSet> rules(ProjectId project) {
    return history(project, 1).stream().findFirst();
  }

  @Override
  public List<RuleSet> history(ProjectId project, int limit) {
    return database.read(
        "read grouping rules",
        handle ->
            handle
                .createQuery(SELECT + "WHERE r.project = ? ORDER BY r.version DESC LIMIT ?")
                .bind(0, project.value())
                .bind(1, limit)
                .map((row, context) -> ruleSet(row))
                .list());
  }

  private static RuleSet ruleSet(ResultSet row) throws SQLException {
    return new RuleSet(
        new ProjectId(row.getLong("project")),
        row.getInt("version"),
        row.getString("rules"),
        row.getString("actor"),
        Micros.instant(row.getLong("at")));
  }

  @Override
  public Optional<RuleSet> save(
      ProjectId project, int expectedVersion, String text, String actor, Instant at) {
    return database.write(
        "save grouping rules",
        handle -> {
          int current =
              handle
                  .createQuery(
                      "SELECT COALESCE(MAX(version), 0) FROM grouping_rules WHERE project = ?")
                  .bind(0, project.value())
                  .mapTo(Integer.class)
                  .one();
          if (current != expectedVersion) {
            return Optional.empty();
          }
          RuleSet saved =
              new RuleSet(
                  project,
                  current + 1,
                  SqlText.storable(text),
                  SqlText.storable(actor),
                  Micros.instant(Micros.of(at)));
          handle.execute(
              "INSERT INTO grouping_rules (project, version, rules, actor, at)"
                  + " VALUES (?, ?, ?, ?, ?)",
              project.value(),
              saved.version(),
              saved.text(),
              saved.actor(),
              Micros.of(at));
          return Optional.of(saved);
        });
  }

  @Override
  public VersionInUse begin(int version, Instant now) {
    return database.write(
        "note grouping version",
        handle -> {
          handle.execute(
              "INSERT INTO grouping_version (version, since, succeeds) SELECT ?, ?,"
                  + " CASE WHEN EXISTS (SELECT 1 FROM issue_fingerprint WHERE version < ?)"
                  + " THEN 1 ELSE 0 END WHERE true ON CONFLICT (version) DO NOTHING",
              version,
              Micros.of(now),
              version);
          return handle
              .createQuery("SELECT since, succeeds FROM grouping_version WHERE version = ?")
              .bind(0, version)
              .map((row, context) ->
                  new VersionInUse(
                      Micros.instant(row.getLong("since")), row.getInt("succeeds") != 0))
              .one();
        });
  }
}
