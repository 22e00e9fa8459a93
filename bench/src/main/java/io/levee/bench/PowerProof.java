package io.levee.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-power}: the power goes under load, on real file systems. */
@Command(
    name = "proof-power",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "A Levee on a file system of its own in a file; under load the file system is shut down as a power cut does",
      "(xfs_io -x -c shutdown), mounted again, and Levee started: every event that was answered with 200 must be",
      "there, once. The control forces nothing to the disk and must lose some. Needs root, losetup, mkfs, xfs_io."
    })
final class PowerProof implements Bench {
  private static final String UNFORCED = "-Dlevee.proof.unforced=true";
  private static final double CUT_FROM_PART = 0.15;

  /** What the start found on the bus can be searched by then, twice over. */
  private static final Duration SEARCHABLE_WITHIN = Duration.ofSeconds(5);

  @Option(
      names = "--cycles",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "Power cuts on each file system. Default: ${DEFAULT-VALUE}")
  private int cycles;

  @Option(
      names = "--control-cycles",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "Power cuts of the control on each file system. Default: ${DEFAULT-VALUE}")
  private int controlCycles;

  @Option(
      names = "--file-systems",
      paramLabel = "NAMES",
      split = ",",
      defaultValue = "ext4,xfs",
      description = "Which. Default: ${DEFAULT-VALUE}")
  private List<String> fileSystems = List.of();

  @Option(
      names = "--load-seconds",
      paramLabel = "NUMBER",
      defaultValue = "2",
      description = "The longest load before a cut. Default: ${DEFAULT-VALUE}")
  private double loadSeconds;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      defaultValue = "2000",
      description = "Events a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "proof-power: the power goes at a random moment of %.1f s of load at %d/s, %d times on each of %s"
            .formatted(loadSeconds, rate, cycles, String.join(" and ", fileSystems)));
    boolean good = true;
    for (String type : fileSystems) {
      try (LoopDisk disk = LoopDisk.create(type, stage.folder("power-" + type))) {
        good &= cut(stage, disk);
      }
      for (int control = 0; control < controlCycles; control++) {
        try (LoopDisk disk = LoopDisk.create(type, stage.folder("control-" + type))) {
          good &= control(stage, disk, control);
        }
      }
    }
    report.line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  private StubbornSenders senders(Stage stage, long seed) {
    return new StubbornSenders(seed, stage.options().connections(), rate);
  }

  /**
   * What was answered between the cut and the death of the process, which a real cut would not have
   * let out. File systems answer a force that was under way with success although the journal was
   * thrown away, so some of it may be gone.
   */
  private static final class Late {
    private long answered;
    private long gone;

    void look(LeveeServer server, StubbornSenders senders)
        throws IOException, InterruptedException {
      if (senders.answeredAfterCut().isEmpty()) {
        return;
      }
      Drain.await(server.api(), 0, senders.acknowledged());
      Thread.sleep(SEARCHABLE_WITHIN); // These came last, and nothing says how many there are.
      for (String id : senders.answeredAfterCut()) {
        answered++;
        gone += server.api().has(id) ? 0 : 1;
      }
    }
  }

  /** All cycles on one disk, and every id at the end. */
  private boolean cut(Stage stage, LoopDisk disk) throws IOException, InterruptedException {
    Report report = stage.report();
    StubbornSenders senders = senders(stage, stage.seed());
    Random random = new Random(stage.seed());
    List<Duration> starts = new ArrayList<>();
    Late late = new Late();
    boolean good = true;
    for (int cycle = 0; cycle < cycles && good; cycle++) {
      try (LeveeServer server = LeveeServer.start(disk.folder(), stage.options().javaFlags())) {
        starts.add(server.timeToReady());
        late.look(server, senders);
        good = whole(server, disk, senders, report, "before cut " + (cycle + 1));
        cutDuring(server, disk, senders, random);
      }
      disk.remount();
    }
    try (LeveeServer server = LeveeServer.start(disk.folder(), stage.options().javaFlags())) {
      starts.add(server.timeToReady());
      late.look(server, senders);
      good &= whole(server, disk, senders, report, "after the last cut");
      report.line(
          "  %s: %d power cuts; time to ready, ms: median %s, max %s",
          disk.type(),
          cycles,
          Times.millis(Times.median(starts)),
          Times.millis(Collections.max(starts)));
      report.line(
          "  %s: answered 200 after the power went, before the process was dead: %d, of these not on the disk: %d (sent again)",
          disk.type(), late.answered, late.gone);
      good &=
          new Audit(server.api(), report).everything(senders.acknowledgedIds(), senders.retries());
      report.line("  %s: %s", disk.type(), good ? "0 lost, 0 counted twice, 0 corrupt" : "FAILED");
    }
    disk.shutDown();
    return good;
  }

  private static boolean whole(
      LeveeServer server, LoopDisk disk, StubbornSenders senders, Report report, String when)
      throws IOException, InterruptedException {
    senders.finish(server.target());
    boolean counted = new Audit(server.api(), report).counts(senders.acknowledged(), when);
    List<String> damaged = quarantined(disk.folder());
    if (!damaged.isEmpty()) {
      report.line("  WRONG %s: corrupt: %s", when, damaged);
    }
    return counted && damaged.isEmpty();
  }

  /** What bus and index could not read and set aside. */
  private static List<String> quarantined(Path data) throws IOException {
    List<String> found = new ArrayList<>();
    for (String store : List.of("bus", "index")) {
      Path folder = data.resolve(store).resolve("quarantine");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files.map(file -> store + "/" + file.getFileName()).forEach(found::add);
        }
      }
    }
    return found;
  }

  private void cutDuring(LeveeServer server, LoopDisk disk, StubbornSenders senders, Random random)
      throws IOException, InterruptedException {
    double part = CUT_FROM_PART + (1 - CUT_FROM_PART) * random.nextDouble();
    senders.sendDuring(
        server.target(),
        () -> {
          Thread.sleep(Duration.ofNanos((long) (part * loadSeconds * 1e9)));
          senders.cutOff();
          disk.shutDown();
          server.jvm().kill();
        });
  }

  /** The same without force; what was acknowledged before the cut must not all be there. */
  private boolean control(Stage stage, LoopDisk disk, int number)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(stage.options().javaFlags());
    flags.add(UNFORCED);
    StubbornSenders senders = senders(stage, stage.seed() + 1 + number);
    try (LeveeServer server = LeveeServer.start(disk.folder(), flags)) {
      cutDuring(server, disk, senders, new Random(stage.seed() + number));
    }
    disk.remount();
    return lost(stage, disk, senders);
  }

  private static boolean lost(Stage stage, LoopDisk disk, StubbornSenders senders)
      throws IOException, InterruptedException {
    List<String> acknowledged = senders.acknowledgedIds();
    String found;
    long lost;
    try (LeveeServer server = LeveeServer.start(disk.folder(), stage.options().javaFlags())) {
      lost = new Audit(server.api(), stage.report()).lost(acknowledged);
      found = lost + " lost";
    } catch (BenchFailure e) {
      lost = acknowledged.size();
      found = "it does not even start: " + lastLine(String.valueOf(e.getMessage()));
    }
    boolean good = lost > 0;
    stage
        .report()
        .line(
            "  %s, control without force: of %d acknowledged, %s (expected: some)  %s",
            disk.type(), acknowledged.size(), found, good ? "as it should be" : "FAILED");
    disk.shutDown();
    return good;
  }

  private static String lastLine(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> b);
  }
}
