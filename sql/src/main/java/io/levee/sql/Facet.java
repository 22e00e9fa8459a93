package io.levee.sql;

import java.util.Map;

/** What issues are seen in, by name: a pair of tables each, of the same shape. */
enum Facet {
  ENVIRONMENT("environment"),
  RELEASE("release");

  private final String word;

  Facet(String word) {
    this.word = word;
  }

  /** Names to the time of the newest event of a delta. */
  Map<String, Long> of(IssueDelta delta) {
    return switch (this) {
      case ENVIRONMENT -> delta.environments();
      case RELEASE -> delta.releases();
    };
  }

  /** Parameters: issue, name, project. */
  String insertOfIssue() {
    return "INSERT INTO issue_"
        + word
        + " (issue, name, project) VALUES (?, ?, ?)"
        + " ON CONFLICT (issue, name) DO NOTHING";
  }

  /** Parameters: project, name, last seen. */
  String putOfProject() {
    return "INSERT INTO project_"
        + word
        + " (project, name, last_seen) VALUES (?, ?, ?)"
        + " ON CONFLICT (project, name) DO UPDATE SET last_seen = excluded.last_seen"
        + " WHERE project_"
        + word
        + ".last_seen < excluded.last_seen";
  }

  /** A condition on an issue called i. Parameters: project, name. */
  String condition() {
    return "i.id IN (SELECT x.issue FROM issue_" + word + " x WHERE x.project = ? AND x.name = ?)";
  }

  /** How many issues the condition finds, up to a limit. Parameters: project, name, limit. */
  String countOfIssues() {
    return "SELECT COUNT(*) FROM (SELECT 1 FROM issue_"
        + word
        + " x WHERE x.project = ? AND x.name = ? LIMIT ?) few";
  }

  /** Parameter: project. */
  String countOfProject() {
    return "SELECT COUNT(*) FROM project_" + word + " WHERE project = ?";
  }

  /** Parameter: project. */
  String namesOfProject() {
    return "SELECT name FROM project_" + word + " WHERE project = ?";
  }

  /** The newest names first. Parameters: the projects. */
  String namesOfProjects(int projects) {
    return "SELECT name FROM project_"
        + word
        + " WHERE project IN ("
        + SqlText.parameters(projects)
        + ")"
        + " GROUP BY name ORDER BY MAX(last_seen) DESC, name LIMIT ?";
  }

  /** Parameters: project, moment. */
  String forgetOfProject() {
    return "DELETE FROM project_" + word + " WHERE project = ? AND last_seen < ?";
  }
}
