package io.levee.bench;

import io.levee.engine.bus.Delivery;
import io.levee.engine.grouping.EventGrouping;
import io.levee.engine.grouping.GroupingRules;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.issue.Issue;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ExceptionInfo;
import io.levee.event.Fingerprint;
import io.levee.event.Frame;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.event.User;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlIssueStore;
import io.levee.sql.SqlMergeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code grouping}: what a fingerprint costs, and what merging and taking apart cost.
 *
 * <p>The loop is our own and not JMH's, for three reasons. A server groups the events of all
 * platforms in one JVM, and the compiler's profiles are of all of them; JMH would measure each in a
 * JVM of its own, that never saw another. Every event must be a new one: its strings not hashed
 * yet, its branches not learned by heart; JMH makes new ones only in a set-up around each call,
 * which it warns of for calls as short as these. And it runs here with the flags of every other
 * measurement. What JMH would take care of is taken care of: the rounds that warm up are as many as
 * those that count, a round is far shorter than a time slice, so that what else the machine does
 * shows in the p95 and not in the median, and what comes out is used.
 */
@Command(
    name = "grouping",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Groups errors of 15 frames in this process, no two stacks alike, the platforms by turns; and merges two issues of a million events each.",
      "How well it groups is in the labelled pairs' report: LabelledPairsTest with -Dlevee.grouping.report=FILE."
    })
final class GroupingBench implements Bench {
  private static final List<String> PLATFORMS =
      List.of("java", "javascript", "node", "python", "ruby", "php", "csharp", "go", "native");
  private static final double MICROS_MAX = 15;
  private static final int FRAMES = 15;
  private static final int EVENTS = 20;
  private static final int HOURS = 24 * 90;
  private static final int EVENTS_OF_ISSUE = 1_000_000;
  private static final ProjectId PROJECT = new ProjectId(1);
  private static final ProjectScope SCOPE = ProjectScope.of(PROJECT);
  private static final Instant BEGIN = Instant.parse("2026-08-01T00:00:00Z");

  private final EventGrouping grouping = new EventGrouping();

  /** Of all fingerprints, so that none is left out by the compiler. */
  private long sink;

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "5000",
      description =
          "How many rounds count, after as many that warm up; in each, 20 new events of every platform are grouped. Default: ${DEFAULT-VALUE}")
  private int rounds = 5_000;

  @Override
  public String clients() {
    return "one thread, calls in this process";
  }

  @Override
  public boolean run(Stage stage) throws IOException {
    Report report = stage.report();
    report.section(
        "grouping: one thread, %d frames, no two stacks alike, all platforms by turns; median must be <= %.0f µs"
            .formatted(FRAMES, MICROS_MAX));
    Random random = new Random(stage.seed());
    measure(random); // Warms up.
    report(report, measure(random));
    merge(report, stage.folder("merge"));
    return true;
  }

  /** How many microseconds an event took in each round, a row a platform. */
  private double[][] measure(Random random) {
    double[][] micros = new double[PLATFORMS.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int platform = 0; platform < PLATFORMS.size(); platform++) {
        micros[platform][round] = micros(PLATFORMS.get(platform), random);
      }
    }
    return micros;
  }

  private double micros(String platform, Random random) {
    List<Event> events = new ArrayList<>(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      events.add(event(platform, random));
    }
    long begin = System.nanoTime();
    for (Event event : events) {
      sink += grouping.group(event, GroupingRules.NONE, false).primary().low();
    }
    return (System.nanoTime() - begin) / 1000.0 / EVENTS;
  }

  private void report(Report report, double[][] micros) {
    int held = 0;
    for (int platform = 0; platform < PLATFORMS.size(); platform++) {
      double[] sorted = micros[platform];
      Arrays.sort(sorted);
      double median = sorted[sorted.length / 2];
      held += median <= MICROS_MAX ? 1 : 0;
      report.line(
          "  %-11s median %5.1f µs, p95 %5.1f, best %5.1f an event  %s",
          PLATFORMS.get(platform),
          median,
          sorted[sorted.length * 95 / 100],
          sorted[0],
          median <= MICROS_MAX ? "held" : "SHORT");
    }
    report.line(
        "  %d of %d platforms: %s%s",
        held,
        PLATFORMS.size(),
        held == PLATFORMS.size() ? "all held" : "SHORT",
        sink == 0 ? "." : "");
  }

  private static Event event(String platform, Random random) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      String name = "part" + random.nextInt(1 << 20);
      boolean library = i > 5;
      boolean source = List.of("node", "python", "ruby", "php").contains(platform);
      frames.add(
          new Frame(
              "Cart." + name + "Total",
              List.of("java", "python", "csharp", "go").contains(platform)
                  ? (library ? "org.framework.http." : "com.shop.checkout.") + name
                  : null,
              name + ".src",
              "/srv/app/" + (library ? "node_modules/lib/" : "src/") + name + "-3f2a91bc.js",
              random.nextInt(900),
              1,
              !library,
              source ? "  const " + name + " = order.lines(" + i + ").total();" : null,
              List.of(),
              List.of(),
              Json.Obj.EMPTY,
              Json.Obj.EMPTY));
    }
    return Event.builder(EventId.random(random), PROJECT)
        .platform(platform)
        .exceptions(List.of(ExceptionInfo.of("PaymentError", "order 17 refused", frames)))
        .build();
  }

  private static void merge(Report report, Path folder) throws IOException {
    report.section("merge: two issues of a million events each, over 90 days, 20,000 users each");
    Files.createDirectories(folder);
    SqlDatabase database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
    try {
      SqlIssueStore issues = new SqlIssueStore(database);
      MergeStore merges = new SqlMergeStore(database);
      fill(issues, 1, 0);
      fill(issues, 2, HOURS * 10L);
      Issue one = issue(issues, 1);
      Issue other = issue(issues, 2);
      long begin = System.nanoTime();
      merges.merge(SCOPE, one.id(), Set.of(other.id()), "bench", BEGIN);
      Duration merged = Duration.ofNanos(System.nanoTime() - begin);
      Issue sum = issue(issues, 2);
      begin = System.nanoTime();
      merges.unmerge(SCOPE, one.id(), Set.of(print(2)), "bench", BEGIN);
      Duration parted = Duration.ofNanos(System.nanoTime() - begin);
      report.line(
          "  merge %s ms, taking apart %s ms; %d + %d = %d events, %d users; apart again %d and %d",
          Times.millis(merged),
          Times.millis(parted),
          one.events(),
          other.events(),
          sum.events(),
          sum.users(),
          issue(issues, 1).events(),
          issue(issues, 2).events());
    } finally {
      database.close();
    }
  }

  private static Fingerprint print(int problem) {
    return new Fingerprint(EventGrouping.VERSION, problem, 7);
  }

  private static Issue issue(SqlIssueStore issues, int problem) {
    return issues
        .findByFingerprint(SCOPE, print(problem))
        .orElseThrow(() -> new BenchFailure("no issue of problem " + problem));
  }

  /** Ten events an hour, that stand for all. */
  private static void fill(SqlIssueStore issues, int problem, long offset) {
    Random random = new Random(problem);
    int count = HOURS * 10;
    List<Delivery> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int weight = EVENTS_OF_ISSUE / count + (i < EVENTS_OF_ISSUE % count ? 1 : 0);
      Instant time = BEGIN.plus(Duration.ofMinutes(6L * i));
      Event event =
          Event.builder(EventId.random(random), PROJECT)
              .time(time)
              .received(time)
              .title("Problem " + problem)
              .user(new User("user-" + (i % 20_000), null, null, null, Json.Obj.EMPTY))
              .fingerprint(print(problem))
              .weight(weight)
              .build();
      batch.add(new Delivery(0, offset + i, EventRecord.of(event)));
      if (batch.size() == 1_000 || i + 1 == count) {
        issues.apply(batch);
        batch = new ArrayList<>();
      }
    }
  }
}
