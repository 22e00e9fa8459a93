package io.levee.bench;

import picocli.CommandLine.Option;

/** How a benchmark uses a Levee that runs already, instead of one of its own. */
final class RunningOptions {
  @Option(
      names = "--dsn",
      paramLabel = "DSN",
      defaultValue = "",
      description =
          "Floods a running Levee instead of one of its own; its CPU, memory and disk aren't measured then.")
  private String dsn = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "",
      description =
          "The key with which --dsn's Levee is asked questions: what its data folder's command.key holds.")
  private String key = "";

  boolean given() {
    return !dsn.isEmpty();
  }

  /**
   * Where to.
   *
   * @throws BenchFailure when it isn't a DSN or there is no key
   */
  Target target() {
    if (key.isEmpty()) {
      throw new BenchFailure("--dsn needs --key (expected: what the server's command.key holds)");
    }
    try {
      return Target.ofDsn(dsn);
    } catch (IllegalArgumentException e) {
      throw new BenchFailure(String.valueOf(e.getMessage()));
    }
  }

  ApiClient api() {
    return new ApiClient(target().url(), key);
  }
}
