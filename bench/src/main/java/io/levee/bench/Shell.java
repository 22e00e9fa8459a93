package io.levee.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system and waits for its end. */
final class Shell {
  private static final long SECONDS_MAX = 60;

  private Shell() {}

  /**
   * Runs it.
   *
   * @return what it wrote, output and errors together
   * @throws BenchFailure when it isn't there, takes longer than a minute or leaves with another
   *     code than 0; the message says all that it wrote
   */
  static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new BenchFailure(
            String.join(" ", command) + ": took more than " + SECONDS_MAX + " s");
      }
      if (process.exitValue() != 0) {
        throw new BenchFailure(
            String.join(" ", command)
                + ": exit code "
                + process.exitValue()
                + ", "
                + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new BenchFailure(String.join(" ", command) + ": " + e.getMessage());
    }
  }
}
