package io.levee.engine.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What became of dead letters that were delivered again.
 *
 * @param done how many had their effect, durably, and are letters no more
 * @param failed how many failed again, or were not tried because the store is in trouble; they stay
 * @param error what the first of these failed with; null when none did
 */
public record Replayed(int done, int failed, @Nullable String error) {
  public static final Replayed NOTHING = new Replayed(0, 0, null);

  /** Both together. */
  Replayed plus(Replayed other) {
    return new Replayed(
        done + other.done, failed + other.failed, error == null ? other.error : error);
  }

  static Replayed done(int letters) {
    return new Replayed(letters, 0, null);
  }

  static Replayed failed(int letters, String error) {
    return new Replayed(0, letters, error);
  }
}
