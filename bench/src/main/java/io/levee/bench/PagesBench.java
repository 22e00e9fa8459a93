package io.levee.bench;

import io.levee.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pages}: how soon the console's pages come from a project of many issues. */
@Command(
    name = "pages",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads events of very many issues through the API and opens pages over HTTP, one after the other, each with other",
      "parameters every time; then resolves ten thousand issues at once, merges the two largest, and takes both back."
    })
final class PagesBench implements Bench {
  private static final Duration FIRST_BYTE_MAX = Duration.ofMillis(80);
  private static final Duration BULK_MAX = Duration.ofSeconds(2);
  private static final Duration MERGE_MAX = Duration.ofSeconds(2);
  private static final int LARGEST = 20;
  private static final String PROJECT = "/p/first-project/";

  @Option(
      names = "--issues",
      paramLabel = "NUMBER",
      defaultValue = "100000",
      description = "Issues of the project. Default: ${DEFAULT-VALUE}")
  private int issues;

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "10000000",
      description = "Events of about 600 bytes, over 13 days. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keeps what was loaded in this folder, or uses what is there. Default: neither")
  private @Nullable Path data;

  @Option(
      names = "--opened",
      paramLabel = "NUMBER",
      defaultValue = "200",
      description = "How often each kind of page is opened. Default: ${DEFAULT-VALUE}")
  private int opened;

  /** A kind of page, and the path of one of them. */
  private record Kind(String name, Paths paths) {}

  private interface Paths {
    String next(Random random);
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "pages: %d issues, %d events of one project; first byte p95 must be < %d ms"
            .formatted(issues, events, FIRST_BYTE_MAX.toMillis()));
    Path folder = data == null ? stage.folder("pages") : data;
    try (LeveeServer server = new PagesFolder(folder, issues, events).serve(stage)) {
      boolean good = pages(stage, server);
      good &= bulk(report, server.api());
      good &= merge(report, server.api());
      report.line("  resident at most %s", Sizes.mebibytes(server.jvm().peakResidentBytes()));
      report.line("  %s", good ? "all held" : "SHORT of what must be");
      return true;
    }
  }

  private boolean pages(Stage stage, LeveeServer server) throws IOException, InterruptedException {
    List<String> largest = server.api().issues("?sort=events&limit=" + LARGEST, "id");
    boolean good = true;
    try (PageClient client = new PageClient(server.target().url())) {
      for (Kind kind : kinds(largest)) {
        Random random = new Random(stage.seed());
        for (int i = 0; i < opened / 2; i++) {
          client.open(kind.paths().next(random));
        }
        good &= measure(stage.report(), client, kind, random);
      }
    }
    return good;
  }

  private boolean measure(Report report, PageClient client, Kind kind, Random random)
      throws IOException, InterruptedException {
    LatencyHistogram first = new LatencyHistogram();
    LatencyHistogram whole = new LatencyHistogram();
    long bytes = 0;
    for (int i = 0; i < opened; i++) {
      PageClient.Took took = client.open(kind.paths().next(random));
      first.record(took.firstByte().toNanos());
      whole.record(took.whole().toNanos());
      bytes = Math.max(bytes, took.bytes());
    }
    boolean held = first.percentile(0.95).compareTo(FIRST_BYTE_MAX) < 0;
    report.line(
        "  %-34s first byte ms: p50 %6s  p95 %6s  max %7s; whole p95 %6s; %d kB at most  %s",
        kind.name(),
        Times.millis(first.percentile(0.5)),
        Times.millis(first.percentile(0.95)),
        Times.millis(first.max()),
        Times.millis(whole.percentile(0.95)),
        bytes / 1_000,
        held ? "held" : "SHORT");
    return held;
  }

  private List<Kind> kinds(List<String> largest) {
    String list = PROJECT + "issues";
    return List.of(
        new Kind("issue list", random -> list + "?range=" + range(random)),
        new Kind("issue list by events", random -> list + "?sort=events&range=" + range(random)),
        new Kind(
            "issue list of an environment",
            random -> list + "?environment=env-" + random.nextInt(ManyIssues.ENVIRONMENTS)),
        new Kind(
            "issue list of a search",
            random -> list + "?q=Shipping" + random.nextInt(300) + "Exception"),
        new Kind("issue, any", random -> list + "/" + (1 + random.nextInt(issues))),
        new Kind(
            "issue, one of the " + LARGEST + " largest",
            random -> list + "/" + largest.get(random.nextInt(largest.size()))),
        new Kind(
            "search", random -> PROJECT + "search?q=region:r" + random.nextInt(9) + "&range=24h"));
  }

  private static String range(Random random) {
    return List.of("24h", "7d", "14d").get(random.nextInt(3));
  }

  private boolean bulk(Report report, ApiClient api) throws IOException, InterruptedException {
    String filter = "\"filter\":{\"environment\":\"env-3\",\"status\":\"unresolved\"}";
    long startNanos = System.nanoTime();
    Json.Obj done = api.ask("/api/v1/issues/changes", "{\"action\":\"resolve\"," + filter + "}");
    Duration took = Times.since(startNanos);
    startNanos = System.nanoTime();
    Json.Obj undone = api.ask("/api/v1/undo/" + done.text("undo"), "");
    Duration back = Times.since(startNanos);
    boolean held = took.compareTo(BULK_MAX) < 0;
    report.line(
        "  resolve %s issues of one environment: %s ms (must < %d)  %s; taken back %s: %s ms",
        String.valueOf(done.text("changed")),
        Times.millis(took),
        BULK_MAX.toMillis(),
        held ? "held" : "SHORT",
        String.valueOf(undone.text("restored")),
        Times.millis(back));
    return held;
  }

  private static boolean merge(Report report, ApiClient api)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>(api.issues("?sort=events&limit=2", "id"));
    List<String> counts = api.issues("?sort=events&limit=2", "events");
    String second = String.join("\",\"", api.fingerprints(ids.get(1)));
    String issue = "/api/v1/issues/" + ids.get(0);
    long startNanos = System.nanoTime();
    api.ask(issue + "/merge", "{\"issues\":[" + ids.get(1) + "]}");
    Duration took = Times.since(startNanos);
    startNanos = System.nanoTime();
    api.ask(issue + "/unmerge", "{\"fingerprints\":[\"" + second + "\"]}");
    Duration apart = Times.since(startNanos);
    boolean held = took.compareTo(MERGE_MAX) < 0;
    report.line(
        "  merge of two issues with %s events: %s ms (must < %d)  %s; taken apart again: %s ms",
        String.join(" and ", counts),
        Times.millis(took),
        MERGE_MAX.toMillis(),
        held ? "held" : "SHORT",
        Times.millis(apart));
    return held;
  }
}
