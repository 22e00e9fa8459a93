package io.levee.sql;

import io.levee.engine.question.QuestionStore;
import io.levee.engine.question.SavedQuestion;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Saved questions in a relational database. */
public final class SqlQuestionStore implements QuestionStore {
  private static final String SELECT =
      "SELECT id, project, name, question, time_range, view_kind, saved FROM saved_question ";

  private final SqlDatabase database;

  /** Over a database that was or will be started before the first call. */
  public SqlQuestionStore(SqlDatabase database) {
    this.database = database;
  }

  @Override
  public List<SavedQuestion> list(ProjectScope scope) {
    return database.read(
        "list questions",
        handle ->
            handle
                .createQuery(SELECT + "ORDER BY name_key, id")
                .map((row, context) -> question(row))
                .filter(question -> scope.covers(question.project()))
                .list());
  }

  @Override
  public Optional<SavedQuestion> find(ProjectScope scope, long id) {
    return database.read("read question", handle -> byId(handle, scope, id));
  }

  @Override
  public Optional<SavedQuestion> find(ProjectScope scope, String name) {
    return database.read(
        "read question",
        handle ->
            handle
                .createQuery(SELECT + "WHERE name_key = ? ORDER BY id")
                .bind(0, key(name))
                .map((row, context) -> question(row))
                .filter(question -> scope.covers(question.project()))
                .stream()
                .findFirst());
  }

  private static Optional<SavedQuestion> byId(Handle handle, ProjectScope scope, long id) {
    return handle
        .createQuery(SELECT + "WHERE id = ?")
        .bind(0, id)
        .map((row, context) -> question(row))
        .filter(question -> scope.covers(question.project()))
        .stream()
        .findFirst();
  }

  private static SavedQuestion question(ResultSet row) throws SQLException {
    return new SavedQuestion(
        row.getLong("id"),
        new ProjectId(row.getLong("project")),
        row.getString("name"),
        row.getString("question"),
        row.getString("time_range"),
        row.getString("view_kind"),
        Micros.instant(row.getLong("saved")));
  }

  private static String key(String name) {
    return SqlText.storable(name.strip()).toLowerCase(Locale.ROOT);
  }

  @Override
  public Outcome save(
      ProjectId project, String name, String text, String range, String view, Instant now) {
    SavedQuestion wanted =
        new SavedQuestion(
            0, project, SqlText.storable(name), SqlText.storable(text), range, view, now);
    return database.write(
        "save question",
        handle -> {
          Optional<SavedQuestion> old = named(handle, project, wanted.name());
          if (old.isEmpty() && count(handle, project) >= QUESTIONS_MAX) {
            return new Full();
          }
          old.ifPresent(
              question -> handle.execute("DELETE FROM saved_question WHERE id = ?", question.id()));
          handle.execute(
              "INSERT INTO saved_question"
                  + " (project, name, name_key, question, time_range, view_kind, saved)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)",
              project.value(),
              wanted.name(),
              key(wanted.name()),
              wanted.text(),
              wanted.range(),
              wanted.view(),
              Micros.of(now));
          return new Kept(named(handle, project, wanted.name()).orElseThrow());
        });
  }

  private static int count(Handle handle, ProjectId project) {
    return handle
        .createQuery("SELECT COUNT(*) FROM saved_question WHERE project = ?")
        .bind(0, project.value())
        .mapTo(Integer.class)
        .one();
  }

  private static Optional<SavedQuestion> named(Handle handle, ProjectId project, String name) {
    return handle
        .createQuery(SELECT + "WHERE project = ? AND name_key = ?")
        .bind(0, project.value())
        .bind(1, key(name))
        .map((row, context) -> question(row))
        .findFirst();
  }

  @Override
  public Outcome rename(ProjectScope scope, long id, String name, Instant now) {
    return database.write(
        "rename question",
        handle -> {
          Optional<SavedQuestion> found = byId(handle, scope, id);
          if (found.isEmpty()) {
            return new Missing();
          }
          SavedQuestion old = found.get();
          SavedQuestion wanted =
              new SavedQuestion(
                  id,
                  old.project(),
                  SqlText.storable(name),
                  old.text(),
                  old.range(),
                  old.view(),
                  Micros.instant(Micros.of(now)));
          Optional<SavedQuestion> other = named(handle, old.project(), wanted.name());
          if (other.isPresent() && other.get().id() != id) {
            return new NameTaken(other.get());
          }
          handle.execute(
              "UPDATE saved_question SET name = ?, name_key = ?, saved = ? WHERE id = ?",
              wanted.name(),
              key(wanted.name()),
              Micros.of(now),
              id);
          return new Kept(wanted);
        });
  }

  @Override
  public boolean delete(ProjectScope scope, long id) {
    return database.write(
        "delete question",
        handle ->
            byId(handle, scope, id).isPresent()
                && handle.execute("DELETE FROM saved_question WHERE id = ?", id) > 0);
  }
}
