package io.levee.bench;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Levee that is measured: our own, or one that runs already, of which we can't know CPU, memory
 * and disk.
 */
final class Subject implements AutoCloseable {
  private final @Nullable LeveeServer own;
  private final Target target;
  private final ApiClient api;

  private Subject(@Nullable LeveeServer own, Target target, ApiClient api) {
    this.own = own;
    this.target = target;
    this.api = api;
  }

  /** Ours on a new folder, unless the options name a running one. */
  static Subject of(Bench.Stage stage, RunningOptions running, String folder) throws IOException {
    if (running.given()) {
      stage.report().line("  server: a running one at %s", running.target().url());
      return new Subject(null, running.target(), running.api());
    }
    LeveeServer own = stage.serve(stage.folder(folder));
    return new Subject(own, own.target(), own.api());
  }

  Target target() {
    return target;
  }

  ApiClient api() {
    return api;
  }

  /** Null when it isn't ours. */
  @Nullable LeveeServer own() {
    return own;
  }

  /** CPU time used so far; zero when it isn't ours. */
  Duration cpu() {
    return own == null ? Duration.ZERO : own.jvm().cpu();
  }

  /** Resident at most, or that we can't know. */
  String peakResident() {
    return own == null ? "unknown" : Sizes.mebibytes(own.jvm().peakResidentBytes());
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
