package io.levee.bench;

import io.levee.app.EmbeddedLevee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One damage to one file of a copied data folder, and what Levee makes of it. Run once. */
final class DamageRound {
  /** How it went. */
  enum Outcome {
    /** Nothing that anybody could ask for is different. */
    HARMLESS(true),
    /** Named by verify or by the readiness check, and whole again after a rebuild. */
    MENDED(true),
    /** Named; what is gone was nowhere else yet. */
    NAMED_AND_LOST(true),
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
  record Result(String damage, Outcome outcome, String detail) {}

  private static final List<Damage> KINDS = List.of(Damage.values());

  private final Path template;
  private final Path folder;
  private final String store;
  private final Picture whole;

  DamageRound(Path template, Path folder, String store, Picture whole) {
    this.template = template;
    this.folder = folder;
    this.store = store;
    this.whole = whole;
  }

  Result run(Random random) throws IOException, InterruptedException {
    DiskUsage.delete(folder);
    Folders.copy(template, folder);
    String damage = damage(random);
    try (EmbeddedLevee levee = EmbeddedLevee.start(folder)) {
      Target target = Target.ofDsn(levee.dsn());
      return judge(damage, new ApiClient(target.url(), levee.commandKey()));
    } catch (RuntimeException e) {
      return new Result(damage, Outcome.DID_NOT_START, String.valueOf(e));
    }
  }

  private String damage(Random random) throws IOException {
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

  private Result judge(String damage, ApiClient api) throws InterruptedException {
    String named = named(api);
    String different = different(api);
    if (different.isEmpty() && named.isEmpty()) {
      return new Result(damage, Outcome.HARMLESS, "");
    }
    if (named.isEmpty()) {
      return new Result(damage, Outcome.SILENT, different);
    }
    String repaired = repair(api);
    String left = different(api);
    String still = left.isEmpty() && repaired.isEmpty() ? withoutMended(named(api)) : "";
    if (left.isEmpty() && still.isEmpty() && repaired.isEmpty()) {
      return new Result(damage, Outcome.MENDED, named);
    }
    boolean onlyCopy = template.endsWith("killed") && "bus".equals(store);
    return new Result(
        damage,
        onlyCopy ? Outcome.NAMED_AND_LOST : Outcome.NOT_MENDED,
        "%s; then %s %s %s".formatted(named, repaired, left, still));
  }

  /** What verify or the readiness check says is damaged; empty when they say that all is well. */
  private static String named(ApiClient api) throws InterruptedException {
    try {
      String damaged = api.damage();
      return damaged.isEmpty() ? api.notReady() : damaged;
    } catch (IOException e) {
      return "verify: " + e.getMessage();
    }
  }

  /** What was put right by itself is told until the next start, and is well. */
  private static String withoutMended(String named) {
    return named.contains("mended damage: ") && named.contains("\"agree\":true") ? "" : named;
  }

  private String different(ApiClient api) throws InterruptedException {
    try {
      return Picture.of(api).against(whole);
    } catch (IOException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** Rebuilds what is damaged from the other; empty when that went well. */
  private String repair(ApiClient api) throws InterruptedException {
    List<String> damaged =
        switch (store) {
          case "index" -> List.of("index");
          case "archive" -> List.of("archive");
          default -> List.of("archive", "index");
        };
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
