package io.levee.bench;

import io.levee.bench.corpus.Corpus;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlProjectRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The folders of a query bench: Levee's, OpenSearch's, and a note of which events they hold. What
 * was loaded once is used again. Used by one thread.
 */
final class QuerySides {
  private static final int RETENTION_DAYS = 90;
  private static final Duration IDLE_WAIT_MAX = Duration.ofMinutes(10);
  private static final Duration IDLE_POLL = Duration.ofSeconds(1);
  private static final Duration IDLE_CPU = Duration.ofMillis(60);
  private static final int IDLE_POLLS = 5;

  private final Path folder;
  private final Properties note;
  private final Corpus corpus;
  private final List<String> flags;

  private QuerySides(Path folder, Properties note, Corpus corpus, List<String> flags) {
    this.folder = folder;
    this.note = note;
    this.corpus = corpus;
    this.flags = flags;
  }

  /**
   * Opens a folder, or begins one.
   *
   * @param events how many a new folder is to hold
   * @param flags of both servers' JVMs
   * @throws BenchFailure when the folder holds another number of events
   */
  static QuerySides open(Path folder, long events, int days, long seed, List<String> flags)
      throws IOException {
    Files.createDirectories(folder);
    Properties note = note(folder).read();
    if (note.isEmpty()) {
      Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(days));
      note.setProperty("seed", Long.toString(seed));
      note.setProperty("events", Long.toString(events));
      note.setProperty("start", start.toString());
      note.setProperty("days", Integer.toString(days));
    }
    Corpus corpus =
        new Corpus(
            Long.parseLong(note.getProperty("seed")),
            Long.parseLong(note.getProperty("events")),
            Instant.parse(note.getProperty("start")),
            Duration.ofDays(Integer.parseInt(note.getProperty("days"))));
    if (corpus.events() != events) {
      throw new BenchFailure(
          "%s holds %d events (expected: --events %d, or another folder)"
              .formatted(folder, corpus.events(), events));
    }
    QuerySides sides = new QuerySides(folder, note, corpus, flags);
    sides.save();
    return sides;
  }

  private void save() throws IOException {
    note(folder).write(note);
  }

  private static LoadNote note(Path folder) {
    return new LoadNote(folder.resolve("corpus.properties"));
  }

  Corpus corpus() {
    return corpus;
  }

  /** Both sides' events: those that are asked about, and those of neighbouring projects. */
  long stored() {
    return corpus.events() + corpus.neighbours();
  }

  /** When and how fast a side was loaded, for the report. */
  String loaded(String side) {
    return note.getProperty(side + ".loaded", "not loaded");
  }

  /** Loads Levee, unless it was. */
  void loadLevee() throws IOException, InterruptedException {
    Path data = folder.resolve("levee");
    if (Files.exists(data) && note.containsKey("levee.loaded")) {
      return;
    }
    DiskUsage.delete(data);
    List<String> keys = projects(data);
    try (LeveeServer server = LeveeServer.start(data, flags)) {
      Duration sent = CorpusLoader.load(corpus, new LeveeDoor(server.target(), keys, corpus));
      Drain drain = Drain.await(server.api(), 0, corpus.events());
      Duration merged = idle(server.jvm());
      note(
          "levee",
          sent,
          "all found %.0f s later, merged %.0f s after that; resident at most %s"
              .formatted(
                  Times.seconds(drain.took()),
                  Times.seconds(merged),
                  Sizes.mebibytes(server.jvm().peakResidentBytes())));
      server.jvm().stop();
    }
  }

  /**
   * Levee with all events in it, started.
   *
   * @throws BenchFailure when it does not find all of them
   */
  LeveeServer levee() throws IOException, InterruptedException {
    Path data = folder.resolve("levee");
    LeveeServer server = LeveeServer.start(data, flags);
    long found = server.api().count("");
    if (found != corpus.events()) {
      server.close();
      throw new BenchFailure(
          "Levee finds %d events (expected: %d); delete %s to load it anew"
              .formatted(found, corpus.events(), data));
    }
    return server;
  }

  private void note(String side, Duration sent, String more) throws IOException {
    note.setProperty(
        side + ".loaded",
        "%s, %d events in %.0f s = %.0f/s, %s"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                stored(),
                Times.seconds(sent),
                stored() / Times.seconds(sent),
                more));
    save();
  }

  /**
   * Before the first start, as it would be by hand: the project that is asked about is the first.
   */
  private static List<String> projects(Path data) {
    try (SqlDatabase database = SqlDatabase.sqlite(data.resolve("levee.db"), 1)) {
      database.start();
      SqlProjectRegistry registry =
          new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom());
      List<String> keys = new ArrayList<>();
      for (String name : List.of("shop", "neighbour-1", "neighbour-2")) {
        Project project = registry.create(name, name, RETENTION_DAYS);
        keys.add(registry.createKey(project.id(), Set.of(Permission.INGEST)).value());
      }
      return keys;
    }
  }

  /** Loads OpenSearch, unless it was. */
  void loadOpenSearch(Path home) throws IOException, InterruptedException {
    Path data = folder.resolve("opensearch");
    if (Files.exists(data) && note.containsKey("opensearch.loaded")) {
      return;
    }
    DiskUsage.delete(data);
    try (OpenSearchNode node = OpenSearchNode.start(home, data, flags)) {
      OpenSearchDoor door = new OpenSearchDoor(node, corpus);
      door.create();
      Duration sent = CorpusLoader.load(corpus, door);
      door.finish();
      Duration merged = idle(node.jvm());
      door.finish();
      note("opensearch", sent, "merged %.0f s later".formatted(Times.seconds(merged)));
      node.jvm().stop();
    }
  }

  /** OpenSearch with all events in it, started. */
  OpenSearchNode openSearch(Path home) throws IOException, InterruptedException {
    return OpenSearchNode.start(home, folder.resolve("opensearch"), flags);
  }

  /** Waits until a server has done what it does by itself; how long that took. */
  static Duration idle(ChildJvm jvm) throws InterruptedException {
    long startNanos = System.nanoTime();
    int idle = 0;
    while (idle < IDLE_POLLS && Times.since(startNanos).compareTo(IDLE_WAIT_MAX) < 0) {
      Duration before = jvm.cpu();
      Thread.sleep(IDLE_POLL);
      idle = jvm.cpu().minus(before).compareTo(IDLE_CPU) < 0 ? idle + 1 : 0;
    }
    return Times.since(startNanos);
  }
}
