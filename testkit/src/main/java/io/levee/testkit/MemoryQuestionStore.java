package io.levee.testkit;

import io.levee.engine.question.QuestionStore;
import io.levee.engine.question.SavedQuestion;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Saved questions in a list. Thread-safe. */
public final class MemoryQuestionStore implements QuestionStore {
  private final List<SavedQuestion> all = new ArrayList<>();
  private long last;

  @Override
  public synchronized List<SavedQuestion> list(ProjectScope scope) {
    return all.stream()
        .filter(question -> scope.covers(question.project()))
        .sorted(Comparator.comparing(question -> question.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  @Override
  public synchronized Optional<SavedQuestion> find(ProjectScope scope, long id) {
    return list(scope).stream().filter(question -> question.id() == id).findFirst();
  }

  @Override
  public synchronized Optional<SavedQuestion> find(ProjectScope scope, String name) {
    return list(scope).stream()
        .filter(question -> question.name().equalsIgnoreCase(name.strip()))
        .findFirst();
  }

  @Override
  public synchronized Outcome save(
      ProjectId project, String name, String text, String range, String view, Instant now) {
    ProjectScope scope = ProjectScope.of(project);
    SavedQuestion wanted = new SavedQuestion(++last, project, name, text, range, view, now);
    if (find(scope, name).isEmpty() && list(scope).size() >= QUESTIONS_MAX) {
      return new Full();
    }
    find(scope, name).ifPresent(all::remove);
    all.add(wanted);
    return new Kept(wanted);
  }

  @Override
  public synchronized Outcome rename(ProjectScope scope, long id, String name, Instant now) {
    Optional<SavedQuestion> old = find(scope, id);
    if (old.isEmpty()) {
      return new Missing();
    }
    Optional<SavedQuestion> other = find(scope, name);
    if (other.isPresent() && other.get().id() != id) {
      return new NameTaken(other.get());
    }
    SavedQuestion was = old.get();
    SavedQuestion renamed =
        new SavedQuestion(id, was.project(), name, was.text(), was.range(), was.view(), now);
    all.remove(was);
    all.add(renamed);
    return new Kept(renamed);
  }

  @Override
  public synchronized boolean delete(ProjectScope scope, long id) {
    return find(scope, id).map(all::remove).orElse(false);
  }
}
