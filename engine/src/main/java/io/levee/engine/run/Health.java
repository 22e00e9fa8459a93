package io.levee.engine.run;

/** Whether a component would work now. */
public sealed interface Health {
  /** It would. */
  record Ok() implements Health {}

  /**
   * It would not.
   *
   * @param reason what is wrong and, if known, what to do
   */
  record Failing(String reason) implements Health {}

  static Health ok() {
    return new Ok();
  }

  static Health failing(String reason) {
    return new Failing(reason);
  }
}
