package io.levee.bench;

import io.levee.app.EmbeddedLevee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A damage to a file of each of some stores of a copied data folder, and what Levee makes of them.
 * Each is judged by itself: by what is said of its own store, and by what differs that the store
 * answers for. Run once.
 */
final class DamageRound {
  /** How it went. */
  enum Outcome {
    /** Nothing that anybody could ask for is different. */
    HARMLESS(true),
    /** Named by verify or by the readiness check, and whole again after a rebuild. */
    MENDED(true),
    /** Named; what is gone was nowhere else yet. */
    NAMED_AND_LOST(true),
    /** Named, and whole again; but the bus says until the next start what it lost. */
    UNTIL_NEXT_START(false),
    DID_NOT_START(false),
    /** Something is different, and nothing says so. */
    SILENT(false),
    NOT_MENDED(false);

    private final boolean good;

    Outcome(boolean good) {
      this.good = good;
    }

    boolean isGood() {
      return good;
    }
  }

  /** What was damaged, how it went, and why. */
  record Result(String store, String damage, Outcome outcome, String detail) {}

  /** What answers differ in, by who gives them; empty when in nothing. */
  private record Difference(String events, String issues) {
    String of(String store) {
      return store.equals(DATABASE) ? issues : events;
    }
  }

  static final String BUS = "bus";
  static final String DATABASE = "levee.db";

  private static final List<Damage> KINDS = List.of(Damage.values());

  private final Path template;
  private final Path folder;
  private final List<String> stores;
  private final Picture whole;
  private final long issueEvents;

  /**
   * @param template the folder that is copied; of an orderly stop, or as a kill leaves it
   * @param stores whose files are damaged, one each; not index and archive at once, which are
   *     healed from each other
   * @param whole what the index shows undamaged
   * @param issueEvents what the issues count undamaged
   */
  DamageRound(Path template, Path folder, List<String> stores, Picture whole, long issueEvents) {
    this.template = template;
    this.folder = folder;
    this.stores = List.copyOf(stores);
    this.whole = whole;
    this.issueEvents = issueEvents;
  }

  /** What came of each damage, in the order of the stores. */
  List<Result> run(Random random) throws IOException, InterruptedException {
    DiskUsage.delete(folder);
    Folders.copy(template, folder);
    Map<String, String> damages = new LinkedHashMap<>();
    for (String store : stores) {
      damages.put(store, damage(store, random));
    }
    try {
      List<Result> results;
      try (EmbeddedLevee levee = EmbeddedLevee.start(folder)) {
        results = judge(damages, api(levee));
      }
      if (results.stream().noneMatch(one -> one.outcome() == Outcome.UNTIL_NEXT_START)) {
        return results;
      }
      try (EmbeddedLevee levee = EmbeddedLevee.start(folder)) {
        return afterNextStart(results, api(levee));
      }
    } catch (RuntimeException e) {
      return all(damages, Outcome.DID_NOT_START, String.valueOf(e));
    }
  }

  private static ApiClient api(EmbeddedLevee levee) {
    return new ApiClient(Target.ofDsn(levee.dsn()).url(), levee.commandKey());
  }

  /** What was to be said until the next start must not be said after it, and nothing be gone. */
  private List<Result> afterNextStart(List<Result> before, ApiClient api)
      throws InterruptedException {
    List<String> said = said(api);
    Difference different = different(api);
    return before.stream()
        .map(one -> {
          if (one.outcome() != Outcome.UNTIL_NEXT_START) {
            return one;
          }
          boolean mended =
              open(about(one.store(), said)).isEmpty() && different.of(one.store()).isEmpty();
          String detail =
              one.detail() + "; after the next start \"" + different + "\", said " + said;
          Outcome outcome = mended ? Outcome.MENDED : Outcome.NOT_MENDED;
          return new Result(one.store(), one.damage(), outcome, detail);
        })
        .toList();
  }

  private static List<Result> all(Map<String, String> damages, Outcome outcome, String detail) {
    List<Result> results = new ArrayList<>();
    damages.forEach((store, damage) -> results.add(new Result(store, damage, outcome, detail)));
    return results;
  }

  private String damage(String store, Random random) throws IOException {
    List<Path> files = new ArrayList<>(Folders.files(folder.resolve(store)));
    for (String beside : List.of("-wal", "-shm")) {
      Path file = folder.resolve(store + beside);
      if (Files.exists(file) && Files.size(file) > 0) {
        files.add(file);
      }
    }
    while (true) {
      Path file = files.get(random.nextInt(files.size()));
      Damage kind = KINDS.get(random.nextInt(KINDS.size()));
      String what = kind.to(file, random);
      if (!what.isEmpty()) {
        return folder.relativize(file) + " " + what;
      }
    }
  }

  private List<Result> judge(Map<String, String> damages, ApiClient api)
      throws InterruptedException {
    List<String> said = said(api);
    Difference before = different(api);
    List<String> damaged = toRebuild(said);
    String failure = rebuild(damaged, api);
    Difference after = damaged.isEmpty() ? before : different(api);
    List<String> still = damaged.isEmpty() ? said : said(api);
    List<Result> results = new ArrayList<>();
    damages.forEach((store, damage) -> {
      List<String> named = about(store, said);
      String differs = before.of(store);
      String left = after.of(store);
      boolean explained = !store.equals(DATABASE) && !damaged.isEmpty();
      boolean whole = left.isEmpty() && failure.isEmpty();
      Outcome outcome;
      if (named.isEmpty()) {
        boolean harmless = whole && (differs.isEmpty() || explained);
        outcome = harmless ? Outcome.HARMLESS : Outcome.SILENT;
      } else if (whole && open(about(store, still)).isEmpty()) {
        outcome = Outcome.MENDED;
      } else {
        boolean onlyCopy = template.endsWith("killed") && stores.equals(List.of(BUS));
        boolean later = whole && store.equals(BUS);
        outcome =
            onlyCopy
                ? Outcome.NAMED_AND_LOST
                : later ? Outcome.UNTIL_NEXT_START : Outcome.NOT_MENDED;
      }
      String detail =
          "\"%s\", said %s; rebuilt %s %s; then \"%s\", said %s"
              .formatted(differs, said, damaged, failure, left, still);
      results.add(new Result(store, damage, outcome, detail));
    });
    return results;
  }

  /** What verify or the readiness check say is damaged; empty when they say that all is well. */
  private List<String> said(ApiClient api) throws InterruptedException {
    try {
      return api.damage();
    } catch (IOException e) {
      return List.of("verify: " + e.getMessage());
    }
  }

  /**
   * What of that is about a store. A difference between index and archive is about the one of them
   * that was damaged; what names no store is about all.
   */
  private List<String> about(String store, List<String> said) {
    return said.stream().filter(line -> isAbout(store, line)).toList();
  }

  private static boolean isAbout(String store, String line) {
    boolean ofDatabase = line.contains("database") || line.contains(DATABASE);
    boolean ofBus = line.contains(BUS);
    boolean ofAll = !ofDatabase && !ofBus && !line.contains("index") && !line.contains("archive");
    return ofAll
        || switch (store) {
          case DATABASE -> ofDatabase;
          case BUS -> ofBus;
          default -> !ofDatabase && !ofBus;
        };
  }

  /** Without what was put right by itself, which is told until the next start. */
  private static List<String> open(List<String> said) {
    return said.stream().filter(line -> !line.contains("mended damage: ")).toList();
  }

  private Difference different(ApiClient api) throws InterruptedException {
    String events;
    try {
      events = Picture.of(api).against(whole);
    } catch (IOException e) {
      events = "refused: " + e.getMessage();
    }
    try {
      long counted = api.issueEvents();
      String issues = "issues count %d of %d".formatted(counted, issueEvents);
      return new Difference(events, counted == issueEvents ? "" : issues);
    } catch (IOException e) {
      return new Difference(events, "refused: " + e.getMessage());
    }
  }

  /** Which stores an operator would rebuild who reads this. */
  private List<String> toRebuild(List<String> said) {
    List<String> damaged = new ArrayList<>(stores);
    damaged.removeIf(store -> store.equals(DATABASE) || about(store, said).isEmpty());
    return damaged.remove(BUS) && damaged.isEmpty() ? List.of("archive", "index") : damaged;
  }

  /** Rebuilds these from their others; empty when that went well. */
  private static String rebuild(List<String> damaged, ApiClient api) throws InterruptedException {
    try {
      for (String one : damaged) {
        String error = api.rebuild(one).text("error");
        if (error != null) {
          return "rebuild " + one + ": " + error;
        }
      }
      return "";
    } catch (IOException e) {
      return "rebuild: " + e.getMessage();
    }
  }
}
