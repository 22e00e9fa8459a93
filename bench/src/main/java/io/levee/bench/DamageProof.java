package io.levee.bench;

import io.levee.app.EmbeddedLevee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-damage}: files change silently; it is found or harmless, and mended. */
@Command(
    name = "proof-damage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Changes a random file of a data folder (a bit, the end, two blocks, a block of zeros), starts a Levee on it,",
      "verifies, and rebuilds what is damaged, many times. It must start; the damage must be harmless or named by",
      "verify; and the rebuild must make it whole. Levee runs in this process here."
    })
final class DamageProof implements Bench {
  private static final int SETTLED_EVENTS = 1_500;
  private static final int PENDING_EVENTS = 500;
  private static final Duration SPREAD = Duration.ofHours(50);
  private static final int SAID_MAX = 40;

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      defaultValue = "500",
      description = "How often. Default: ${DEFAULT-VALUE}")
  private int rounds;

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
    report.section("proof-damage: %d rounds on %s".formatted(rounds, String.join(", ", stores)));
    Path stopped = stage.folder("stopped");
    Path killed = stage.folder("killed");
    Picture whole = prepare(stage, stopped, killed);
    Random random = new Random(stage.seed());
    Map<String, Map<DamageRound.Outcome, Integer>> outcomes = new TreeMap<>();
    int wrong = 0;
    for (int round = 0; round < rounds; round++) {
      String store = stores.get(round % stores.size());
      Path template = random.nextBoolean() ? stopped : killed;
      DamageRound one = new DamageRound(template, stage.folder("damaged"), store, whole);
      DamageRound.Result result = one.run(random);
      outcomes
          .computeIfAbsent(store, name -> new EnumMap<>(DamageRound.Outcome.class))
          .merge(result.outcome(), 1, Integer::sum);
      if (!result.outcome().isGood() && wrong++ < SAID_MAX) {
        report.line(
            "  WRONG round %d, %s: %s: %s: %s",
            round, template.getFileName(), result.damage(), result.outcome(), result.detail());
      }
    }
    outcomes.forEach((store, counts) -> report.line("  %-10s %s", store, counts));
    report.line("  %s: %d of %d rounds wrong", wrong == 0 ? "PASSED" : "FAILED", wrong, rounds);
    return wrong == 0;
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
      load(stage, levee, now, SETTLED_EVENTS, SETTLED_EVENTS + PENDING_EVENTS);
      Target target = Target.ofDsn(levee.dsn());
      whole = Picture.of(new ApiClient(target.url(), levee.commandKey()));
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
    Thread.sleep(Duration.ofSeconds(3)); // Ledger and recent ids are written down by then.
  }
}
