package io.levee.bench;

import java.io.IOException;
import java.nio.file.Path;

/** One thing that is measured. Runs on the calling thread, and leaves no process behind. */
interface Bench {
  /**
   * Measures and reports.
   *
   * @return whether the run is good: nothing lost, no invalid load. Whether a number is high enough
   *     is for the reader to say
   */
  boolean run(Stage stage) throws IOException, InterruptedException;

  /** Who sends or asks, for the head of the result. */
  default String clients() {
    return "one thread, open loop, Sentry envelopes of 2.9 KiB, %d issues, %d users"
        .formatted(EnvelopeText.ISSUES, Envelopes.USERS);
  }

  /**
   * What all measurements of a run share.
   *
   * @param work a folder for data, deleted after the run
   * @param seed of event ids and their numbers
   */
  record Stage(Report report, BenchOptions options, Path work, long seed) {
    /** An empty folder's name, not created yet. */
    Path folder(String name) {
      return work.resolve(name);
    }

    /** A server of our own on a folder. */
    LeveeServer serve(Path folder) throws IOException {
      return LeveeServer.start(folder, options.javaFlags());
    }
  }
}
