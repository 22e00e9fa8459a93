package io.levee.engine.registry;

import io.levee.event.ProjectId;

/**
 * Who sends: a project, and which of its keys. What is counted and limited a key goes by this.
 *
 * @param key the first {@link #KEY_DIGITS} hex digits of the key, never the whole; empty when it
 *     isn't known
 */
public record Sender(ProjectId project, String key) {
  /** How many digits of a key tell it from the project's others. */
  public static final int KEY_DIGITS = 8;

  public Sender {
    if (key.length() > KEY_DIGITS) {
      throw new IllegalArgumentException(
          "sender key: " + key.length() + " characters (expected: at most " + KEY_DIGITS + ")");
    }
  }

  /** Somebody who sends to a project, we don't know with which key. */
  public static Sender unknownKey(ProjectId project) {
    return new Sender(project, "");
  }
}
