package io.levee.engine.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a deploy; see {@link Deploy}.
 *
 * @param release the project need not know it yet
 * @param environment at most 64 characters; may be empty
 * @param description at most 8,192 characters
 */
public record NewDeploy(
    String release,
    String environment,
    @Nullable String name,
    @Nullable String url,
    @Nullable String description,
    @Nullable Instant started,
    Instant finished,
    @Nullable String userName,
    @Nullable String userEmail) {
  private static final int ENVIRONMENT_CHARS_MAX = 64;
  private static final int DESCRIPTION_CHARS_MAX = 8_192;

  public NewDeploy {
    NewRelease.requireName(release);
    if (environment.length() > ENVIRONMENT_CHARS_MAX) {
      throw new IllegalArgumentException(
          "environment: "
              + environment.length()
              + " characters (expected: at most "
              + ENVIRONMENT_CHARS_MAX
              + ")");
    }
    if (description != null && description.length() > DESCRIPTION_CHARS_MAX) {
      throw new IllegalArgumentException(
          "description: "
              + description.length()
              + " characters (expected: at most "
              + DESCRIPTION_CHARS_MAX
              + ")");
    }
    NewRelease.requireShort("name", name);
    NewRelease.requireShort("url", url);
    NewRelease.requireShort("userName", userName);
    NewRelease.requireShort("userEmail", userEmail);
    if (started != null && finished.isBefore(started)) {
      throw new IllegalArgumentException("started: " + started + " is after finished: " + finished);
    }
  }
}
