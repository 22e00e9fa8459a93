package io.levee.engine.work;

import org.jspecify.annotations.Nullable;

/** The release from which on an event speaks against an issue's being resolved. */
public sealed interface Fix {
  /** This release or a later one. */
  record InRelease(String release) implements Fix {}

  /**
   * Any later release than this.
   *
   * @param release the project's latest when somebody said so; null when it had none
   */
  record AfterRelease(@Nullable String release) implements Fix {}

  /** In words, as they follow "resolved". */
  default String words() {
    return switch (this) {
      case InRelease(String release) -> "in " + release;
      case AfterRelease(String release) ->
          release == null ? "in the next release" : "in the release after " + release;
    };
  }
}
