package io.levee.bench;

import io.levee.bench.corpus.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code query}: how fast questions are answered, and OpenSearch beside it with the same events.
 */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads events of mixed kinds into a Levee and into an OpenSearch node, and asks both the same questions over",
      "HTTP, each time with other parameters, one after the other. Every answer is compared with what the",
      "generator knows. Exit code 1 when one is wrong; whether the figures hold stands in the lines."
    })
final class QueryBench implements Bench {
  private static final double DISK_RATIO_MAX = 0.6;
  private static final long MEMORY_BYTES_MAX = 512L << 20;
  private static final String OFF = "off";

  @Option(
      names = "--events",
      paramLabel = "NUMBER",
      defaultValue = "10000000",
      description =
          "Events that are asked about; neighbouring projects have a twentieth more. Default: ${DEFAULT-VALUE}")
  private long events;

  @Option(
      names = "--days",
      paramLabel = "NUMBER",
      defaultValue = "7",
      description = "Over which their times are spread. Default: ${DEFAULT-VALUE}")
  private int days;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Keeps the loaded events here, so that only the first run loads them; delete levee or opensearch in it to load that one anew. Default: nothing is kept")
  private @Nullable Path data;

  @Option(
      names = "--yardstick",
      paramLabel = "FOLDER",
      defaultValue = "",
      description =
          "The folder with Yardstick.java and what 'make yardstick' fetched; off for none. Default: bench/yardstick")
  private String yardstick = "";

  @Option(
      names = "--askings",
      paramLabel = "NUMBER",
      defaultValue = "200",
      description = "How often each question is asked at most. Default: ${DEFAULT-VALUE}")
  private int askings;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "NUMBER",
      defaultValue = "6",
      description =
          "How long each question is asked before, so that the JVM has compiled it. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--question-seconds",
      paramLabel = "NUMBER",
      defaultValue = "12",
      description =
          "How long each question is asked at most, though five times at least. Default: ${DEFAULT-VALUE}")
  private int questionSeconds;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Asks only the questions whose line begins with this. Default: all")
  private String only = "";

  @Override
  public String clients() {
    return "one connection, one question after the other";
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Path home = yardstickHome();
    if (home != null) {
      OpenSearchNode.check(home);
    }
    Path folder = data == null ? stage.folder("query") : data;
    QuerySides sides =
        QuerySides.open(folder, events, days, stage.seed(), stage.options().javaFlags());
    Report report = stage.report();
    report.section(
        "query: %d events of project shop, %d of two neighbours, over %d days since %s; corpus seed %d"
            .formatted(
                events,
                sides.corpus().neighbours(),
                sides.corpus().spread().toDays(),
                sides.corpus().start(),
                sides.corpus().seed()));
    // One after the other, so that neither loads beside the other's merges.
    if (home != null) {
      sides.loadOpenSearch(home);
    }
    sides.loadLevee();
    try (LeveeServer levee = sides.levee();
        OpenSearchNode node = home == null ? null : sides.openSearch(home)) {
      loaded(report, sides, node);
      QuerySides.idle(levee.jvm());
      if (node != null) {
        QuerySides.idle(node.jvm());
      }
      boolean good = measure(report, sides, levee, node);
      levee.jvm().stop();
      return good;
    }
  }

  private @Nullable Path yardstickHome() {
    if (yardstick.equals(OFF)) {
      return null;
    }
    return yardstick.isEmpty() ? OpenSearchNode.usualHome() : Path.of(yardstick);
  }

  private static void loaded(Report report, QuerySides sides, @Nullable OpenSearchNode node) {
    report.line(
        "  Levee      loaded over POST /api/v1/events, 2,000 events a request, 3 connections: %s",
        sides.loaded("levee"));
    if (node != null) {
      report.line(
          "  OpenSearch 3.9.0, one node, one shard an index, an index a project, codec LZ4, the same heap; loaded over _bulk: %s",
          sides.loaded("opensearch"));
    }
    report.line("  Neither is force-merged; both were started anew and had nothing to do.");
    report.line(
        "  \"stats by … values\" asks both for the 100 values with the most events; on one shard OpenSearch's terms aggregation is exact. Neither makes all rows.");
  }

  private boolean measure(
      Report report, QuerySides sides, LeveeServer levee, @Nullable OpenSearchNode node)
      throws IOException {
    Truth truth = Truth.of(sides.corpus());
    QueryQuestions questions = new QueryQuestions(sides.corpus(), truth);
    report.line(
        "  Warm (%d s of other askings before), at most %d askings or %d s, each with other parameters%n",
        warmUpSeconds, askings, questionSeconds);
    QueryRun run =
        new QueryRun(
            sides.corpus().seed(),
            askings,
            Duration.ofSeconds(warmUpSeconds),
            Duration.ofSeconds(questionSeconds));
    Verdicts verdicts = new Verdicts();
    try (Conversation toLevee = levee.converse();
        Conversation toNode = node == null ? null : node.open()) {
      for (QuestionKind kind : questions.startingWith(only)) {
        levee.jvm().forgetPeak();
        Measured ours = run.measure(kind, QueryRun.levee(toLevee));
        Memory memory = Memory.of(levee.jvm());
        Measured theirs =
            toNode != null && kind.ratioMin() > 0
                ? run.measure(kind, QueryRun.openSearch(toNode))
                : null;
        QueryLine line = new QueryLine(kind, ours, theirs);
        report.raw(line.text());
        verdicts.add(line.held(), line.right());
        if (kind.name().equals(questions.customers().name())) {
          verdicts.add(memory(report, memory), true);
        }
      }
    }
    verdicts.add(disk(report, sides, levee, node), true);
    report.line(
        "%n  %d of %d figures hold; every answer was right: %s",
        verdicts.held, verdicts.all, verdicts.right ? "yes" : "NO");
    return verdicts.right;
  }

  /** What came of it. Used by one thread. */
  private static final class Verdicts {
    private int all;
    private int held;
    private boolean right = true;

    void add(boolean holds, boolean isRight) {
      all++;
      held += holds ? 1 : 0;
      right &= isRight;
    }
  }

  /**
   * What a server has in memory.
   *
   * @param peak resident at most, pages of index files that are mapped too
   * @param own now, without pages of files
   */
  private record Memory(OptionalLong peak, OptionalLong own) {
    static Memory of(ChildJvm jvm) {
      return new Memory(jvm.peakResidentBytes(), jvm.bytes("RssAnon"));
    }
  }

  private static boolean memory(Report report, Memory memory) {
    boolean held = memory.own().orElse(Long.MAX_VALUE) < MEMORY_BYTES_MAX;
    report.line(
        "    %-32s %s without the mapped pages of files (must < 512 MiB): %s; resident with them at most %s",
        "memory then",
        Sizes.mebibytes(memory.own()),
        held ? "held" : "falls short",
        Sizes.mebibytes(memory.peak()));
    return held;
  }

  private static boolean disk(
      Report report, QuerySides sides, LeveeServer levee, @Nullable OpenSearchNode node)
      throws IOException {
    double ours = (double) levee.storedBytes() / sides.stored();
    double index = (double) levee.indexBytes() / sides.stored();
    String name = "disk an event, index + archive";
    if (node == null) {
      report.line("  %-34s %.0f bytes, %.0f of them the index", name, ours, index);
      return true;
    }
    double theirs = (double) node.storedBytes() / sides.stored();
    boolean held = ours / theirs <= DISK_RATIO_MAX;
    report.line(
        "  %-34s %.0f bytes, %.0f of them the index; OpenSearch %.0f bytes: %.2f x (must <= %.1f x): %s",
        name, ours, index, theirs, ours / theirs, DISK_RATIO_MAX, held ? "held" : "falls short");
    return held;
  }
}
