package io.levee.engine.pipeline;

/** Hears how a long piece of work gets on. */
@FunctionalInterface
public interface Progress {
  /** One line for people, without line end. */
  void say(String line);
}
