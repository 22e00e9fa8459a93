package io.levee.engine.question;

import io.levee.event.ProjectId;
import java.time.Instant;

/**
 * A question under a name.
 *
 * @param id given by the store
 * @param name unique in its project, in any case; 1..{@link #NAME_CHARS_MAX} chars, no blanks
 *     around
 * @param text in the pipe language; 1..{@link #TEXT_CHARS_MAX} chars
 * @param range a usual length of time as in {@code 24h}; empty when nobody chose one
 * @param view how its answer is shown, as in {@code bar}; empty for what suits it
 * @param saved when it was saved last
 */
public record SavedQuestion(
    long id,
    ProjectId project,
    String name,
    String text,
    String range,
    String view,
    Instant saved) {
  /** The longest name. */
  public static final int NAME_CHARS_MAX = 100;

  /** The longest question. */
  public static final int TEXT_CHARS_MAX = 16_384;

  private static final int WORD_CHARS_MAX = 16;

  public SavedQuestion {
    length("name", name.strip(), NAME_CHARS_MAX);
    length("question", text.strip(), TEXT_CHARS_MAX);
    name = name.strip();
    text = text.strip();
    word("range", range);
    word("view", view);
  }

  private static void length(String what, String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      throw new IllegalArgumentException(
          what + ": " + text.length() + " characters (expected: 1.." + most + ")");
    }
  }

  private static void word(String what, String word) {
    boolean good =
        word.length() <= WORD_CHARS_MAX
            && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    if (!good) {
      throw new IllegalArgumentException(
          what
              + ": \""
              + word
              + "\" (expected: small letters and digits, at most "
              + WORD_CHARS_MAX
              + ")");
    }
  }
}
