package io.levee.bench;

import io.levee.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kill}: kill -9 under load, many times, and then everything is counted. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills a Levee under load at a random moment and starts it again on the same folder, many times.",
      "At the end every event that was answered with 200 must be found exactly once, everywhere."
    })
final class KillBench implements Bench {
  private static final double KILLED_FROM_PART = 0.1;
  private static final int BY_ID_SAMPLE = 500;

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "How often. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--load-seconds",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "The longest load before a kill. Default: ${DEFAULT-VALUE}")
  private double loadSeconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "2000",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  /** What the stores say at the end, beside the ids. */
  private record Books(long counted, long inIssues, long missingById, Json.Obj verified) {
    boolean agree() {
      return verified.get("agree") instanceof Json.Bool(boolean agree) && agree;
    }

    boolean say(long events) {
      return counted == events
          && inIssues == events
          && missingById == 0
          && agree()
          && Long.toString(events).equals(verified.text("events"));
    }
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "kill: kill -9 at a random moment of %.1f s of load at %d/s, %d rounds on one folder"
            .formatted(loadSeconds, rate, rounds));
    Path folder = stage.folder("kill");
    StubbornSenders senders =
        new StubbornSenders(stage.seed(), stage.options().connections(), rate);
    Random random = new Random(stage.seed());
    List<Duration> restarts = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Duration ready = round(stage, folder, senders, random);
      if (round > 0) {
        restarts.add(ready); // The first started on an empty folder.
      }
    }
    try (LeveeServer server = stage.serve(folder)) {
      restarts.add(server.timeToReady());
      senders.finish(server.target());
      report.line(
          "  time to ready after a kill, ms: median %s, max %s",
          Times.millis(Times.median(restarts)), Times.millis(Collections.max(restarts)));
      return count(server, senders, report);
    }
  }

  private Duration round(Stage stage, Path folder, StubbornSenders senders, Random random)
      throws IOException, InterruptedException {
    double part = KILLED_FROM_PART + (1 - KILLED_FROM_PART) * random.nextDouble();
    Duration load = Duration.ofNanos((long) (part * loadSeconds * 1e9));
    try (LeveeServer server = stage.serve(folder)) {
      senders.sendDuring(
          server.target(),
          () -> {
            Thread.sleep(load);
            server.jvm().kill();
          });
      return server.timeToReady();
    }
  }

  private static boolean count(LeveeServer server, StubbornSenders senders, Report report)
      throws IOException, InterruptedException {
    ApiClient api = server.api();
    List<String> ids = senders.acknowledgedIds();
    Drain drain = Drain.await(api, 0, ids.size());
    awaitIssues(api, ids.size());
    Tally.Counter counter = new Tally.Counter();
    api.eachEventId(counter::found);
    Tally tally = counter.against(ids);
    Books books =
        new Books(drain.searchable(), api.issueEvents(), missingById(api, ids), api.verify());
    report.line(
        "  acknowledged %d, sent again %d; lost %d, found twice %d, never acknowledged %d",
        ids.size(), senders.retries(), tally.lost(), tally.doubled(), tally.foreign());
    report.line(
        "  counted by the index %d, by the issues %d; missing by id %d of %d; index and archive agree: %s on %s",
        books.counted(),
        books.inIssues(),
        books.missingById(),
        Math.min(BY_ID_SAMPLE, ids.size()),
        books.agree() ? "yes" : "NO",
        String.valueOf(books.verified().text("events")));
    boolean good = tally.equals(new Tally(0, 0, 0, ids.size())) && books.say(ids.size());
    report.line("  %s", good ? "0 lost, 0 counted twice" : "FAILED");
    return good;
  }

  /** The issues' subscriber may be behind the index's; a sum that stands still is the final one. */
  private static void awaitIssues(ApiClient api, long expected)
      throws IOException, InterruptedException {
    long before = -1;
    long now = api.issueEvents();
    while (now < expected && now != before) {
      Thread.sleep(Duration.ofSeconds(5));
      before = now;
      now = api.issueEvents();
    }
  }

  private static long missingById(ApiClient api, List<String> ids)
      throws IOException, InterruptedException {
    long missing = 0;
    int stride = Math.max(1, ids.size() / BY_ID_SAMPLE);
    for (int i = 0; i < ids.size() && i / stride < BY_ID_SAMPLE; i += stride) {
      missing += api.has(ids.get(i)) ? 0 : 1;
    }
    return missing;
  }
}
