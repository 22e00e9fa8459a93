package io.levee.sql;

import io.levee.engine.sampling.SamplingSettings;
import io.levee.event.ProjectId;
import java.util.HashMap;
import java.util.Map;

/** Thresholds of burst sampling in a relational database. */
public final class SqlSamplingSettings implements SamplingSettings {
  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlSamplingSettings(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Map<ProjectId, Integer> thresholds() {
    return database.read(
        "read sampling",
        handle -> {
          Map<ProjectId, Integer> all = new HashMap<>();
          handle
              .createQuery("SELECT project, events_per_minute FROM project_sampling")
              .map((row, context) ->
                  Map.entry(new ProjectId(row.getLong("project")), row.getInt("events_per_minute")))
              .forEach(each -> all.put(each.getKey(), each.getValue()));
          return all;
        });
  }

  @Override
  public void set(ProjectId project, int threshold) {
    database.update(
        "set sampling",
        handle -> {
          handle.execute("DELETE FROM project_sampling WHERE project = ?", project.value());
          if (threshold >= 0) {
            handle.execute(
                "INSERT INTO project_sampling (project, events_per_minute) VALUES (?, ?)",
                project.value(),
                threshold);
          }
        });
  }
}
