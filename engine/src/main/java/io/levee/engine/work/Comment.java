package io.levee.engine.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote about an issue.
 *
 * @param edited when it was changed last; null when never
 * @param version 1 at first, one more with each edit
 * @param text Markdown
 */
public record Comment(
    long id, Instant at, @Nullable Instant edited, String actor, long version, String text) {
  /** The longest comment, in characters. */
  public static final int CHARS_MAX = 20_000;
}
