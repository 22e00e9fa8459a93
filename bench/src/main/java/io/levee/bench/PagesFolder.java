package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;

/**
 * The folder of a {@code pages} bench: Levee's own, and a note of what was loaded into it. What was
 * loaded once is used again. Used by one thread.
 */
final class PagesFolder {
  private static final Duration SPREAD = Duration.ofDays(13);
  private static final int CONNECTIONS = 4;
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path folder;
  private final int issues;
  private final long events;

  PagesFolder(Path folder, int issues, long events) {
    this.folder = folder;
    this.issues = issues;
    this.events = events;
  }

  /**
   * A server with all the events, started anew and with nothing to do.
   *
   * @throws BenchFailure when the folder holds other events
   */
  LeveeServer serve(Bench.Stage stage) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    LoadNote file = new LoadNote(folder.resolve("pages.properties"));
    Properties note = file.read();
    if (note.isEmpty()) {
      load(stage, note);
      file.write(note);
    } else {
      check(note);
    }
    LeveeServer server = stage.serve(folder.resolve("levee"));
    QuerySides.idle(server.jvm());
    stage
        .report()
        .line(
            "  loaded %s; disk %s",
            note.getProperty("loaded"), Sizes.mebibytes(server.storedBytes()));
    return server;
  }

  private void check(Properties note) {
    String held = note.getProperty("events") + " events of " + note.getProperty("issues");
    String asked = events + " events of " + issues;
    if (!held.equals(asked)) {
      throw new BenchFailure(
          "%s holds %s issues (expected: %s, or another folder)".formatted(folder, held, asked));
    }
  }

  private void load(Bench.Stage stage, Properties note) throws IOException, InterruptedException {
    Path data = folder.resolve("levee");
    DiskUsage.delete(data);
    try (LeveeServer server = stage.serve(data)) {
      long startNanos = System.nanoTime();
      ManyIssues lines = new ManyIssues(issues, stage.seed(), Instant.now(), SPREAD);
      try (BatchLoader loader = new BatchLoader(server.target(), stage.seed(), lines)) {
        loader.load(0, events, CONNECTIONS);
      }
      Drain drain = Drain.await(server.api(), 0, events);
      while (server.api().pending("issue") > 0) {
        Thread.sleep(POLL);
      }
      if (drain.searchable() != events) {
        throw new BenchFailure(drain.searchable() + " of " + events + " events are searchable");
      }
      note.setProperty("issues", Integer.toString(issues));
      note.setProperty("events", Long.toString(events));
      note.setProperty(
          "loaded",
          "%s in %.0f s, all counted and searchable; resident at most %s"
              .formatted(
                  Instant.now().truncatedTo(ChronoUnit.SECONDS),
                  Times.seconds(Times.since(startNanos)),
                  Sizes.mebibytes(server.jvm().peakResidentBytes())));
      QuerySides.idle(server.jvm());
      server.jvm().stop();
    }
  }
}
