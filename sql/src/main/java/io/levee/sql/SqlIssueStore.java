package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueActivity;
import io.levee.engine.issue.IssueFilter;
import io.levee.engine.issue.IssueId;
import io.levee.engine.issue.IssuePage;
import io.levee.engine.issue.IssueStatus;
import io.levee.engine.issue.IssueStore;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.work.Change;
import io.levee.engine.work.ChangeOutcome;
import io.levee.engine.work.Target;
import io.levee.engine.work.Until;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Issues in a relational database. A batch is added up in memory first, fingerprint by fingerprint,
 * and then written with one statement a table, so that its cost goes with the number of different
 * problems and not with the number of events.
 */
public final class SqlIssueStore implements IssueStore {
  private static final int NAMES_MAX = 500;

  private final SqlDatabase database;
  private final SqlGroup group;

  /** Over a database that was or will be started before the first call. */
  public SqlIssueStore(SqlDatabase database) {
    this.database = database;
    this.group = new SqlGroup(database, "issue");
  }

  @Override
  public String group() {
    return group.name();
  }

  @Override
  public Positions committed() {
    return group.committed();
  }

  @Override
  public void apply(List<Delivery> batch) {
    group.apply(batch, this::write);
  }

  private void write(Handle handle, List<Delivery> deliveries) throws SQLException {
    new IssueWriter(database, handle).write(IssueDelta.of(deliveries));
  }

  @Override
  public void skip(Delivery delivery) {
    group.skip(delivery);
  }

  @Override
  public void replay(Delivery delivery) {
    group.replay(delivery, this::write);
  }

  /** Every batch was durable when {@link #apply} returned. */
  @Override
  public Positions flush() {
    return group.reached();
  }

  @Override
  public IssuePage list(IssueFilter filter) {
    return database.read("list issues", handle -> new IssueReader(handle).list(filter));
  }

  @Override
  public Optional<Issue> find(ProjectScope scope, IssueId id) {
    return database.read("find issue", handle -> new IssueReader(handle).find(scope, id.value()));
  }

  @Override
  public Optional<Issue> findByFingerprint(ProjectScope scope, Fingerprint fingerprint) {
    return database.read(
        "find issue",
        handle -> {
          IssueReader reader = new IssueReader(handle);
          return reader.holding(scope, List.of(fingerprint)).stream()
              .findFirst()
              .flatMap(id -> reader.find(scope, id));
        });
  }

  @Override
  public Map<IssueId, List<Long>> trends(
      ProjectScope scope, Set<IssueId> issues, TimeRange range, Duration bucket) {
    IssueTrends trends = IssueTrends.over(range, bucket);
    return database.read(
        "read trends",
        handle -> trends.read(handle, new IssueReader(handle).within(scope, issues)));
  }

  @Override
  public SeenIn seenIn(ProjectScope scope) {
    return database.read(
        "read names",
        handle -> {
          IssueReader reader = new IssueReader(handle);
          return new SeenIn(
              reader.names(Facet.ENVIRONMENT, scope, NAMES_MAX),
              reader.names(Facet.RELEASE, scope, NAMES_MAX));
        });
  }

  @Override
  public int setStatus(
      ProjectScope scope, Set<IssueId> issues, IssueStatus status, String actor, Instant at) {
    Target named =
        new Target.Named(
            issues.stream().collect(Collectors.toMap(id -> id, id -> Target.ANY_VERSION)));
    Change change =
        switch (status) {
          case UNRESOLVED -> new Change.Unresolve();
          case RESOLVED -> new Change.Resolve();
          case IGNORED -> new Change.Ignore(new Until.Forever());
          case ARCHIVED -> new Change.Archive();
        };
    return database.write(
        "set status",
        handle ->
            new WorkChange(handle, actor, at).run(scope, named, change)
                    instanceof ChangeOutcome.Changed done
                ? done.issues()
                : 0);
  }

  @Override
  public List<IssueActivity> activity(ProjectScope scope, IssueId id, int limit) {
    return database.read(
        "read activity", handle -> new IssueReader(handle).activity(scope, id.value(), limit));
  }

  @Override
  public int retain(Map<ProjectId, Instant> oldest) {
    IssueRetention retention = new IssueRetention(database);
    int dropped = 0;
    for (Map.Entry<ProjectId, Instant> each : oldest.entrySet()) {
      dropped += retention.retain(each.getKey(), Micros.of(each.getValue()));
    }
    return dropped;
  }
}
