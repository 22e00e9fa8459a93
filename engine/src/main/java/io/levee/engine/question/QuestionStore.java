package io.levee.engine.question;

import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps questions under names. Thread-safe; a change is durable when the call returns, and seen by
 * every later call. Failures are {@link io.levee.engine.run.BackendException}s. Foreign questions
 * are not there.
 */
public interface QuestionStore {
  /** How many a project can keep. */
  int QUESTIONS_MAX = 500;

  /** What became of a change. */
  sealed interface Outcome {}

  /** It was made. */
  record Kept(SavedQuestion question) implements Outcome {}

  /** There is no such question. */
  record Missing() implements Outcome {}

  /** Another question of the project has the name. */
  record NameTaken(SavedQuestion other) implements Outcome {}

  /** The project keeps {@link #QUESTIONS_MAX} already. */
  record Full() implements Outcome {}

  /** All of them, by name. */
  List<SavedQuestion> list(ProjectScope scope);

  /** One. */
  Optional<SavedQuestion> find(ProjectScope scope, long id);

  /** One by its name, in any case. */
  Optional<SavedQuestion> find(ProjectScope scope, String name);

  /**
   * Saves a question under a name; what the name meant before is replaced.
   *
   * @return {@link Kept} or {@link Full}
   * @throws IllegalArgumentException when the values are none that {@link SavedQuestion} takes
   */
  Outcome save(ProjectId project, String name, String text, String range, String view, Instant now);

  /**
   * Gives a question another name.
   *
   * @return {@link Kept}, {@link Missing} or {@link NameTaken}
   * @throws IllegalArgumentException when the name is none that {@link SavedQuestion} takes
   */
  Outcome rename(ProjectScope scope, long id, String name, Instant now);

  /** Forgets a question; whether it was there. */
  boolean delete(ProjectScope scope, long id);
}
