package io.levee.sql;

import io.levee.engine.bus.Delivery;
import io.levee.engine.erase.Erasure;
import io.levee.engine.erase.ErasureStore;
import io.levee.engine.issue.Issue;
import io.levee.engine.issue.IssueId;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Erasures in a relational database, beside the issues that they change. */
public final class SqlErasureStore implements ErasureStore {
  private static final String COLUMNS =
      "SELECT id, project, issue, subject, actor, requested, step, events, aside_too, left_files,"
          + " trouble, finished FROM erasure ";

  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlErasureStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Erasure> eraseIssue(
      ProjectScope scope, IssueId issue, boolean asideToo, String actor, Instant at) {
    return database.write(
        "erase issue",
        handle -> {
          Optional<Erasure> asked =
              all(handle, "WHERE issue = ? AND step = 0 ORDER BY id LIMIT 1", issue.value())
                  .stream()
                  .filter(erasure -> scope.projects().contains(erasure.project()))
                  .findFirst();
          if (asked.isPresent()) {
            return asked;
          }
          Optional<Issue> found = new IssueReader(handle).find(scope, issue.value());
          return found.map(one ->
              insert(
                  handle,
                  one.project(),
                  new Erasure.OfIssue(issue, one.fingerprints()),
                  asideToo,
                  actor,
                  at));
        });
  }

  @Override
  public Erasure eraseUser(
      ProjectId project, String user, boolean asideToo, String actor, Instant at) {
    String name = SqlText.storable(user.strip());
    if (name.isEmpty() || name.length() > Erasure.OfUser.CHARS_MAX) {
      throw new IllegalArgumentException(
          "user: " + name.length() + " characters (expected: 1.." + Erasure.OfUser.CHARS_MAX + ")");
    }
    return database.write(
        "erase user",
        handle -> insert(handle, project, new Erasure.OfUser(name), asideToo, actor, at));
  }

  private static Erasure insert(
      Handle handle,
      ProjectId project,
      Erasure.Subject subject,
      boolean asideToo,
      String actor,
      Instant at) {
    long id = SqlRows.takeIds(handle, "erasure", 1);
    Long issue = subject instanceof Erasure.OfIssue of ? of.issue().value() : null;
    handle.execute(
        "INSERT INTO erasure (id, project, issue, subject, actor, requested, step, events,"
            + " aside_too, left_files) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, '')",
        id,
        project.value(),
        issue,
        text(subject),
        SqlText.storable(actor),
        Micros.of(at),
        asideToo ? 1 : 0);
    return all(handle, "WHERE id = ?", id).getFirst();
  }

  private static String text(Erasure.Subject subject) {
    return switch (subject) {
      case Erasure.OfIssue(var ignored, List<Fingerprint> prints) ->
          String.join(" ", prints.stream().map(Fingerprint::toString).toList());
      case Erasure.OfUser(String user) -> user;
    };
  }

  @Override
  public List<Erasure> list(ProjectScope scope, int limit) {
    List<Object> parameters = new ArrayList<>();
    scope.projects().forEach(project -> parameters.add(project.value()));
    String projects = SqlText.parameters(parameters.size());
    parameters.add(limit);
    return database.read(
        "list erasures",
        handle ->
            all(
                handle,
                "WHERE project IN (" + projects + ") ORDER BY id DESC LIMIT ?",
                parameters.toArray()));
  }

  @Override
  public Optional<Erasure> find(ProjectScope scope, long id) {
    return database.read("find erasure", handle -> all(handle, "WHERE id = ?", id)).stream()
        .filter(erasure -> scope.projects().contains(erasure.project()))
        .findFirst();
  }

  @Override
  public List<Erasure> open() {
    return database.read("open erasures", handle -> all(handle, "WHERE step < 4 ORDER BY id"));
  }

  private static List<Erasure> all(Handle handle, String where, Object... parameters) {
    Query query = handle.createQuery(COLUMNS + where);
    for (int i = 0; i < parameters.length; i++) {
      query.bind(i, parameters[i]);
    }
    return query.map((row, context) -> erasure(row)).list();
  }

  private static Erasure erasure(ResultSet row) throws SQLException {
    long issue = row.getLong("issue");
    String subject = row.getString("subject");
    Erasure.Subject of =
        issue == 0
            ? new Erasure.OfUser(subject)
            : new Erasure.OfIssue(new IssueId(issue), prints(subject));
    long finished = row.getLong("finished");
    String left = row.getString("left_files");
    return new Erasure(
        row.getLong("id"),
        new ProjectId(row.getLong("project")),
        of,
        row.getString("actor"),
        Micros.instant(row.getLong("requested")),
        Erasure.Step.ofCode(row.getInt("step")),
        row.getLong("events"),
        row.getInt("aside_too") != 0,
        left.isEmpty() ? List.of() : List.of(left.split("\n", -1)),
        row.getString("trouble"),
        finished == 0 ? null : Micros.instant(finished));
  }

  private static List<Fingerprint> prints(String subject) {
    return Arrays.stream(subject.split(" ", -1))
        .map(Fingerprint::parse)
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public void trouble(long id, @Nullable String why) {
    database.update(
        "note trouble",
        handle ->
            handle.execute(
                "UPDATE erasure SET trouble = ? WHERE id = ?", SqlText.storableOrNull(why), id));
  }

  @Override
  public List<Counter> counters(ProjectId project, Set<Fingerprint> fingerprints) {
    return database.read(
        "read counters", handle -> new CounterErasure(database, handle).of(project, fingerprints));
  }

  @Override
  public Users users() {
    return new CounterErasure.SketchedUsers();
  }

  @Override
  public void recount(Erasure erasure, List<Loss> losses, Instant at) {
    database.update(
        "erase from issues",
        handle -> {
          new CounterErasure(database, handle).take(losses, erasure.actor(), at);
          step(handle, erasure.id(), Erasure.Step.COUNTED);
        });
  }

  @Override
  public void drop(Erasure erasure, List<EventRecord> after) {
    if (!(erasure.subject() instanceof Erasure.OfIssue(IssueId issue, var ignored))) {
      throw new IllegalArgumentException("erasure " + erasure.id() + ": of no issue");
    }
    List<Delivery> again = after.stream().map(record -> new Delivery(0, 0, record)).toList();
    database.update(
        "erase issue",
        handle -> {
          new CounterErasure(database, handle).drop(issue.value());
          new IssueWriter(database, handle).write(IssueDelta.of(again));
          step(handle, erasure.id(), Erasure.Step.COUNTED);
        });
  }

  @Override
  public void cleared(long id, long events) {
    database.update(
        "erasure cleared",
        handle -> {
          handle.execute("UPDATE erasure SET events = ? WHERE id = ?", events, id);
          step(handle, id, Erasure.Step.CLEARED);
        });
  }

  @Override
  public void forget(long id) {
    database.update(
        "forget erasure",
        handle -> {
          handle.execute("UPDATE erasure SET subject = '' WHERE id = ?", id);
          step(handle, id, Erasure.Step.FORGOTTEN);
        });
  }

  @Override
  public void done(long id, List<String> left, Instant at) {
    database.update(
        "erasure done",
        handle -> {
          handle.execute(
              "UPDATE erasure SET left_files = ?, finished = ? WHERE id = ?",
              String.join("\n", left),
              Micros.of(at),
              id);
          step(handle, id, Erasure.Step.DONE);
        });
  }

  private static void step(Handle handle, long id, Erasure.Step step) {
    handle.execute("UPDATE erasure SET step = ?, trouble = NULL WHERE id = ?", step.code(), id);
  }
}
