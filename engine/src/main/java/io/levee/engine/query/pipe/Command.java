package io.levee.engine.query.pipe;

import java.util.List;

/**
 * A command of the language: how it is written, what it does, and who reads it.
 *
 * @param name lower case
 * @param aliases what else it is called
 * @param syntax how it is written
 * @param meaning a sentence or two
 * @param examples questions that run as they stand
 */
public record Command(
    String name,
    List<String> aliases,
    String syntax,
    String meaning,
    List<String> examples,
    Reading reading) {
  /** Reads a stage behind its name. */
  @FunctionalInterface
  interface Reading {
    Stage read(StageReader in);
  }

  static Command of(
      String name, String syntax, String meaning, Reading reading, String... examples) {
    return new Command(name, List.of(), syntax, meaning, List.of(examples), reading);
  }

  Command called(String... more) {
    return new Command(name, List.of(more), syntax, meaning, examples, reading);
  }
}
