package io.levee.engine.erase;

import io.levee.engine.issue.IssueId;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish that data be deleted for good, and how far it is fulfilled. What comes in after it was
 * asked for is a new matter and stays.
 *
 * @param actor who asked
 * @param requested when; events that came in before go
 * @param events how many were deleted; known from {@link Step#CLEARED} on
 * @param asideToo whether files that can't be read and so may hold such data go too
 * @param left files that can't be read and were left; known when it is done
 * @param trouble why it does not go on at the moment; null when it does
 * @param finished when nothing was left any more; null until then
 */
public record Erasure(
    long id,
    ProjectId project,
    Subject subject,
    String actor,
    Instant requested,
    Step step,
    long events,
    boolean asideToo,
    List<String> left,
    @Nullable String trouble,
    @Nullable Instant finished) {
  public Erasure {
    left = List.copyOf(left);
  }

  /** What is deleted. */
  public sealed interface Subject {}

  /**
   * An issue with everything that was said and done about it.
   *
   * @param fingerprints whose events go; empty when it is done
   */
  public record OfIssue(IssueId issue, List<Fingerprint> fingerprints) implements Subject {
    public OfIssue {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /**
   * All events of one user.
   *
   * @param user id, e-mail, name or address as events have it; empty when it is done: the wish must
   *     not keep what it deletes
   */
  public record OfUser(String user) implements Subject {
    /** How long a name may be that somebody asks for. */
    public static final int CHARS_MAX = 500;
  }

  /** How far it is; each step is durable before the next begins, and can be done again. */
  public enum Step {
    /** Asked for. */
    REQUESTED(0),
    /** Issues no longer count the events. */
    COUNTED(1),
    /** Index, archive, dead letters and bus no longer hold them. */
    CLEARED(2),
    /** The wish itself no longer says whom it is about. */
    FORGOTTEN(3),
    /** The database's files no longer hold what was deleted from them. */
    DONE(4);

    private final int code;

    Step(int code) {
      this.code = code;
    }

    /** The number in tables; grows with each step. */
    public int code() {
      return code;
    }

    /**
     * The step of a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Step ofCode(int code) {
      for (Step step : values()) {
        if (step.code == code) {
          return step;
        }
      }
      throw new IllegalArgumentException("erasure step: " + code + " (expected: 0..4)");
    }

    /** The word in API and pages. */
    public String wireName() {
      return this == DONE ? "done" : this == REQUESTED ? "requested" : "running";
    }
  }
}
