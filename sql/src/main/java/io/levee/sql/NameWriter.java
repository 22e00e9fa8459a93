package io.levee.sql;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Notes the environments or releases that a batch's issues were seen in, within the caller's
 * transaction. A project has at most {@link #NAMES_MAX} of each: a client that makes up a release
 * for every event must not fill the disk. What is past that can't be filtered by until older names
 * are past the retention; counts and everything else go on.
 */
final class NameWriter {
  /** How many environments, and how many releases, a project may have. */
  static final int NAMES_MAX = 10_000;

  private final Handle handle;
  private final Facet facet;

  NameWriter(Handle handle, Facet facet) {
    this.handle = handle;
    this.facet = facet;
  }

  /**
   * @param partOf the parts that count the same deltas too
   */
  void write(Map<IssueDelta, IssueState> issueOf, Map<IssueDelta, IssueState> partOf)
      throws SQLException {
    Map<Long, Map<String, Long>> newestOf = newestByProject(issueOf.keySet());
    for (Map.Entry<Long, Map<String, Long>> each : newestOf.entrySet()) {
      keepWithinLimit(each.getKey(), each.getValue());
    }
    try (RowBatch rows = new RowBatch(handle, facet.insertOfIssue())) {
      addNames(rows, issueOf, newestOf, 1);
      addNames(rows, partOf, newestOf, -1);
      rows.finish();
    }
    writeProjects(newestOf);
  }

  private void addNames(
      RowBatch rows,
      Map<IssueDelta, IssueState> issueOf,
      Map<Long, Map<String, Long>> newestOf,
      int sign)
      throws SQLException {
    for (Map.Entry<IssueDelta, IssueState> each : issueOf.entrySet()) {
      long project = each.getKey().project().value();
      Set<String> admitted = newestOf.getOrDefault(project, Map.of()).keySet();
      for (String name : facet.of(each.getKey()).keySet()) {
        if (admitted.contains(name)) {
          rows.add(each.getValue().id(), name, sign * project);
        }
      }
    }
  }

  private Map<Long, Map<String, Long>> newestByProject(Set<IssueDelta> deltas) {
    Map<Long, Map<String, Long>> newestOf = new LinkedHashMap<>();
    for (IssueDelta delta : deltas) {
      Map<String, Long> newest =
          newestOf.computeIfAbsent(delta.project().value(), project -> new HashMap<>());
      facet.of(delta).forEach((name, time) -> newest.merge(name, time, Math::max));
    }
    return newestOf;
  }

  private void keepWithinLimit(long project, Map<String, Long> newest) {
    int count =
        handle.createQuery(facet.countOfProject()).bind(0, project).mapTo(Integer.class).one();
    if (count + newest.size() <= NAMES_MAX) {
      return;
    }
    Set<String> known =
        new HashSet<>(
            handle.createQuery(facet.namesOfProject()).bind(0, project).mapTo(String.class).list());
    int room = NAMES_MAX - known.size();
    for (String name : Set.copyOf(newest.keySet())) {
      if (!known.contains(name) && room-- <= 0) {
        newest.remove(name);
      }
    }
  }

  private void writeProjects(Map<Long, Map<String, Long>> newestOf) throws SQLException {
    try (RowBatch rows = new RowBatch(handle, facet.putOfProject())) {
      for (Map.Entry<Long, Map<String, Long>> project : newestOf.entrySet()) {
        for (Map.Entry<String, Long> newest : project.getValue().entrySet()) {
          rows.add(project.getKey(), newest.getKey(), newest.getValue());
        }
      }
      rows.finish();
    }
  }
}
