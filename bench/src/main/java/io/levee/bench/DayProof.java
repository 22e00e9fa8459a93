package io.levee.bench;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlProjectRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-day}: a day's events loaded at once, while another project and a reader go on. */
@Command(
    name = "proof-day",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads many events into one project as fast as they are taken, while another sends at its usual rate and a",
      "reader fetches events of it by id. No request of theirs may fail; by id: p50 < 4 ms, p99 < 25 ms."
    })
final class DayProof implements Bench {
  private static final Duration P50_MAX = Duration.ofMillis(4);
  private static final Duration P99_MAX = Duration.ofMillis(25);
  private static final int QUIET_CONNECTIONS = 4;
  private static final int RETENTION_DAYS = 90;
  private static final int READ_FIRST_EVENTS = 200;
  private static final int OK = 200;

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "11000000",
      description = "Events of about 400 bytes that are loaded. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--load-connections",
      paramLabel = "NUMBER",
      defaultValue = "4",
      description = "Connections of the load. Default: ${DEFAULT-VALUE}")
  private int loadConnections;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "Events a second of the other project. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--reads",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "Events a second that are fetched by id. Default: ${DEFAULT-VALUE}")
  private int reads;

  /** The first project's key and the other's target come from here. */
  private record Projects(ProjectKey sending, ProjectKey reading) {}

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "proof-day: %d events loaded, another project sends %d/s, a reader fetches %d/s by id"
            .formatted(events, rate, reads));
    Path folder = stage.folder("day");
    Projects quiet = create(folder);
    try (LeveeServer server = stage.serve(folder)) {
      Target first = server.target();
      Target other =
          new Target(
              first.host(),
              first.port(),
              quiet.sending().value(),
              quiet.sending().project().toString());
      return measure(stage, server, other, quiet);
    }
  }

  /** Before the first start, as it would be by hand: a loud project, and a quiet one with keys. */
  private static Projects create(Path folder) {
    try (SqlDatabase database = SqlDatabase.sqlite(folder.resolve("levee.db"), 1)) {
      database.start();
      SqlProjectRegistry registry =
          new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom());
      registry.create("loud", "Loud", RETENTION_DAYS);
      Project quiet = registry.create("quiet", "Quiet", RETENTION_DAYS);
      return new Projects(
          registry.createKey(quiet.id(), Set.of(Permission.INGEST)),
          registry.createKey(quiet.id(), Set.of(Permission.READ)));
    }
  }

  private boolean measure(Stage stage, LeveeServer server, Target other, Projects quiet)
      throws IOException, InterruptedException {
    ApiClient api = new ApiClient(other.url(), quiet.reading().value());
    StubbornSenders senders = new StubbornSenders(stage.seed() + 1, QUIET_CONNECTIONS, rate);
    LatencyHistogram latency = new LatencyHistogram();
    AtomicLong misses = new AtomicLong();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    AtomicBoolean over = new AtomicBoolean();
    // A thread of its own: a virtual one would wait for the load's, and that be measured too.
    Target asked = new Target(other.host(), other.port(), quiet.reading().value(), other.project());
    Thread reader =
        Thread.ofPlatform()
            .unstarted(() -> read(stage, senders, asked, latency, misses, failure, over));
    double[] seconds = {0};
    List<Long> refusals = new CopyOnWriteArrayList<>();
    senders.sendDuring(
        other,
        () -> {
          await(api, READ_FIRST_EVENTS);
          reader.start();
          long startNanos = System.nanoTime();
          try (BatchLoader loader =
              new BatchLoader(server.target(), stage.seed(), Instant.now(), Duration.ofHours(20))) {
            loader.load(0, events, loadConnections);
            refusals.add(loader.refusals());
          }
          seconds[0] = Times.seconds(Times.since(startNanos));
          over.set(true);
          reader.join();
        });
    Report report = stage.report();
    report.line(
        "  loaded %d events in %.0f s = %.0f/s, refused for now %s times; resident at most %s",
        events,
        seconds[0],
        events / seconds[0],
        refusals,
        Sizes.mebibytes(server.jvm().peakResidentBytes()));
    report.line(
        "  the other project: %d accepted, sent again %d; found by a search: %d",
        senders.acknowledged(),
        senders.retries(),
        Drain.await(api, 0, senders.acknowledged()).searchable());
    return judge(report, senders, latency, misses.get(), failure.get());
  }

  private static boolean judge(
      Report report,
      StubbornSenders senders,
      LatencyHistogram latency,
      long misses,
      @Nullable Exception failure) {
    report.line(
        "  by id, ms: p50 %s  p99 %s  max %s (%d fetched; must p50 < %d, p99 < %d); not answered with 200 %d; failed: %s",
        Times.millis(latency.percentile(0.5)),
        Times.millis(latency.percentile(0.99)),
        Times.millis(latency.max()),
        latency.count(),
        P50_MAX.toMillis(),
        P99_MAX.toMillis(),
        misses,
        String.valueOf(failure));
    boolean good =
        failure == null
            && misses == 0
            && senders.retries() == 0
            && latency.percentile(0.5).compareTo(P50_MAX) < 0
            && latency.percentile(0.99).compareTo(P99_MAX) < 0;
    report.line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  private static void await(ApiClient api, long count) throws IOException, InterruptedException {
    while (api.count("") < count) {
      Thread.sleep(Duration.ofMillis(200));
    }
  }

  /** Fetches one of the events that were searchable when the load began, again and again. */
  private void read(
      Stage stage,
      StubbornSenders senders,
      Target asked,
      LatencyHistogram latency,
      AtomicLong misses,
      AtomicReference<@Nullable Exception> failure,
      AtomicBoolean over) {
    Random random = new Random(stage.seed());
    List<ByteBuffer> requests =
        senders.acknowledgedIds().subList(0, READ_FIRST_EVENTS / 2).stream()
            .map(id -> get(asked, id))
            .toList();
    SlotSchedule schedule = new SlotSchedule(System.nanoTime(), reads, Long.MAX_VALUE);
    try (Courier courier = Courier.to(asked)) {
      for (long slot = 0; !over.get(); slot++) {
        long wait = schedule.dueNanos(slot) - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        long startNanos = System.nanoTime();
        int status = courier.deliver(requests.get(random.nextInt(requests.size())));
        latency.record(System.nanoTime() - startNanos);
        misses.addAndGet(status == OK ? 0 : 1);
      }
    } catch (IOException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ByteBuffer get(Target asked, String id) {
    String request =
        "GET /api/v1/events/%s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(id, asked.host(), asked.port(), asked.key());
    return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
  }
}
