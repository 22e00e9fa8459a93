package io.levee.app.demo;

/** One kind of thing that the demo's programs report. */
sealed interface Happening {
  DemoProject project();

  /** A problem shows. */
  record Failure(DemoProject project, Problem problem) implements Happening {}

  /**
   * A line is logged.
   *
   * @param template with placeholders in braces
   */
  record LogLine(DemoProject project, String level, String template) implements Happening {}

  /**
   * A request or job was timed.
   *
   * @param medianMillis how long it usually takes
   */
  record Timing(DemoProject project, String name, String op, int medianMillis)
      implements Happening {}
}
