package io.levee.bench;

import io.levee.app.EmbeddedLevee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-damage}: files change silently; it is found or harmless, and mended. */
@Command(
    name = "proof-damage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Changes random files of a data folder (a bit, the end, two blocks, a block of zeros), one of a store, starts a",
      "Levee on it, verifies, and rebuilds what is damaged, many times. It must start; each damage must be harmless or",
      "named by verify; and the rebuild must make it whole. Index and archive, which are healed from each other, are",
      "never damaged at once, nor is the bus with another while it holds what no store has. Levee runs in this process."
    })
final class DamageProof implements Bench {
  private static final int SETTLED_EVENTS = 1_500;
  private static final int EVENTS = SETTLED_EVENTS + 500; // The rest is pending at the kill.
  private static final Duration SPREAD = Duration.ofHours(50);
  private static final int SAID_MAX = 40;

  @Option(
      names = "--damages",
      paramLabel = "NUMBER",
      defaultValue = "500",
      description = "How many in all, the same number for each store. Default: ${DEFAULT-VALUE}")
  private int damages;

  @Option(
      names = "--stores",
      paramLabel = "NAMES",
      split = ",",
      defaultValue = "bus,archive,index,levee.db",
      description = "Whose files. Default: ${DEFAULT-VALUE}")
  private List<String> stores = List.of();

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    System.setProperty("LEVEE_LOG_LEVEL", "OFF"); // Every round would say what it found.
    Report report = stage.report();
    report.section("proof-damage: %d damages of %s".formatted(damages, String.join(", ", stores)));
    Path stopped = stage.folder("stopped");
    Path killed = stage.folder("killed");
    Picture whole = prepare(stage, stopped, killed);
    Random random = new Random(stage.seed());
    Map<String, Integer> left = new LinkedHashMap<>();
    for (int damage = 0; damage < damages; damage++) {
      left.merge(stores.get(damage % stores.size()), 1, Integer::sum);
    }
    Map<String, Map<DamageRound.Outcome, Integer>> outcomes = new TreeMap<>();
    int wrong = 0;
    int rounds = 0;
    for (; !left.isEmpty(); rounds++) {
      Path template = random.nextBoolean() ? stopped : killed;
      List<String> together = together(left, template.equals(stopped));
      DamageRound one = new DamageRound(template, stage.folder("damaged"), together, whole, EVENTS);
      for (DamageRound.Result result : one.run(random)) {
        outcomes
            .computeIfAbsent(result.store(), name -> new EnumMap<>(DamageRound.Outcome.class))
            .merge(result.outcome(), 1, Integer::sum);
        if (!result.outcome().isGood() && wrong++ < SAID_MAX) {
          report.line(
              "  WRONG round %d, %s: %s: %s: %s",
              rounds, template.getFileName(), result.damage(), result.outcome(), result.detail());
        }
      }
    }
    outcomes.forEach((store, counts) -> report.line("  %-10s %s", store, counts));
    report.line(
        "  %s: %d of %d damages in %d starts wrong",
        wrong == 0 ? "PASSED" : "FAILED", wrong, damages, rounds);
    return wrong == 0;
  }

  /** The stores of a round, taken from what is left: as many as can be told apart. */
  private static List<String> together(Map<String, Integer> left, boolean settled) {
    List<String> together = new ArrayList<>();
    Stream.of("index", "archive")
        .filter(left::containsKey)
        .max(Comparator.comparing(left::get))
        .ifPresent(together::add);
    left.keySet().stream()
        .filter(store -> !store.equals("index") && !store.equals("archive"))
        .filter(store -> settled || !store.equals(DamageRound.BUS))
        .forEach(together::add);
    int pairs = left.getOrDefault("index", 0) + left.getOrDefault("archive", 0);
    boolean busAlone = !settled && left.getOrDefault(DamageRound.BUS, 0) * 2 > pairs;
    List<String> chosen = busAlone || together.isEmpty() ? List.of(DamageRound.BUS) : together;
    chosen.forEach(store -> left.compute(store, (name, n) -> n == null || n == 1 ? null : n - 1));
    return chosen;
  }

  /** Makes the two folders that are damaged: one of an orderly stop, one of a kill. */
  private static Picture prepare(Stage stage, Path stopped, Path killed)
      throws IOException, InterruptedException {
    Instant now = Instant.now();
    try (EmbeddedLevee levee = EmbeddedLevee.start(stopped)) {
      load(stage, levee, now, 0, SETTLED_EVENTS);
    }
    Picture whole;
    try (EmbeddedLevee levee = EmbeddedLevee.start(stopped)) {
      load(stage, levee, now, SETTLED_EVENTS, EVENTS);
      Target target = Target.ofDsn(levee.dsn());
      whole = Picture.of(new ApiClient(target.url(), levee.commandKey()));
      Thread.sleep(Duration.ofSeconds(3)); // Ledger and recent ids are written down by then.
      Folders.copy(stopped, killed); // Nothing moves: as a kill leaves it.
      Files.deleteIfExists(killed.resolve("levee.lock"));
    }
    return whole;
  }

  private static void load(Stage stage, EmbeddedLevee levee, Instant now, long from, long to)
      throws IOException, InterruptedException {
    Target target = Target.ofDsn(levee.dsn());
    ApiClient api = new ApiClient(target.url(), levee.commandKey());
    try (BatchLoader loader = new BatchLoader(target, stage.seed(), now, SPREAD)) {
      loader.load(from, to, 1);
    }
    if (!new Audit(api, stage.report()).counts(to, "while preparing")) {
      throw new BenchFailure("the folder to be damaged is not whole");
    }
  }
}
