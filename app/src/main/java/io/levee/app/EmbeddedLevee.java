package io.levee.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A whole Levee inside another program's process, on a free port of this machine, with the
 * defaults: for proofs that start hundreds of them. Thread-safe.
 */
public final class EmbeddedLevee implements AutoCloseable {
  private final Levee levee;

  private EmbeddedLevee(Levee levee) {
    this.levee = levee;
  }

  /**
   * Starts it; it is ready on return.
   *
   * @param data its folder, created if need be, for one Levee at a time
   * @throws RuntimeException when it can't start; the message says why
   */
  public static EmbeddedLevee start(Path data) {
    Levee levee = new Levee(Config.on(data));
    levee.start();
    return new EmbeddedLevee(levee);
  }

  /**
   * What clients of the first project are configured with: {@code http://KEY@HOST:PORT/PROJECT}.
   */
  public String dsn() {
    return levee.dsn(levee.projects().getFirst());
  }

  /** The key that may ask and command everything. */
  public String commandKey() {
    try {
      return Files.readString(levee.folder().commandKey()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops as on SIGTERM. Idempotent. */
  @Override
  public void close() {
    levee.close();
  }
}
