package io.levee.bench;

import io.levee.bench.hostile.Attack;
import io.levee.bench.hostile.Bombs;
import io.levee.bench.hostile.JsonCases;
import io.levee.bench.hostile.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proof-hostile}: what somebody who means harm sends. */
@Command(
    name = "proof-hostile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Bombs in every coding, JSON nested 100,000 deep, every case of valid and of invalid JSON, and mutated bodies at",
      "every door, one after the other. No answer may be a 5xx, the server may not end, and none may cost more than",
      "100 ms of CPU or 16 MiB of heap (allocated, so that what was collected since counts too)."
    })
final class HostileProof implements Bench {
  private static final Duration CPU_MAX = Duration.ofMillis(100);
  private static final long HEAP_BYTES_MAX = 16L << 20;

  /** Compiling and collecting cost CPU too, and are no attack's: the cheapest of so many counts. */
  private static final int TRIES_MAX = 5;

  private static final int SERVER_ERROR = 500;
  private static final int SAID_MAX = 30;
  private static final int OK = 200;

  @Option(
      names = "--mutations",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "Mutated bodies at each door. Default: ${DEFAULT-VALUE}")
  private int mutations;

  @Option(
      names = "--bomb-bytes",
      paramLabel = "BYTES",
      defaultValue = "1073741824",
      description = "What a compressed bomb becomes. Default: ${DEFAULT-VALUE}")
  private long bombBytes;

  @Option(
      names = "--warm-up",
      paramLabel = "NUMBER",
      defaultValue = "2000",
      description =
          "Mutated bodies at each door before anything is measured. Default: ${DEFAULT-VALUE}")
  private int warmUp;

  /** What a kind of attack has come to. */
  private static final class Tallied {
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private Duration cpuMax = Duration.ZERO;
    private long heapMax;
    private long wrong;
  }

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    Report report = stage.report();
    report.section(
        "proof-hostile: bombs, deep JSON, cases, %d mutated bodies a door".formatted(mutations));
    boolean good;
    try (LeveeServer server = stage.serve(stage.folder("hostile"));
        Gauge gauge = Gauge.of(server.jvm().pid())) {
      for (Door door : Door.values()) {
        Mutations warming = new Mutations(~stage.seed(), door.sound());
        for (int i = 0; i < warmUp; i++) {
          door.send(server.target(), new Attack("warm-up", "", warming.next()));
        }
      }
      good = sound(server, report);
      good &= bombs(server, gauge, report);
      good &= cases(server, report);
      good &= mutated(stage, server, gauge);
      boolean alive = server.jvm().isAlive() && server.api().count("") > 0;
      report.line("  the server %s", alive ? "was never started again and answers" : "ENDED");
      good &= alive;
    }
    report.line("  %s", good ? "PASSED" : "FAILED");
    return good;
  }

  /** What is mutated must be taken as it is, or nothing deep is reached. */
  private static boolean sound(LeveeServer server, Report report) throws IOException {
    boolean good = true;
    for (Door door : Door.values()) {
      for (byte[] body : door.sound()) {
        int status = door.send(server.target(), new Attack("sound", "", body));
        if (status / 100 != 2) {
          report.line("  WRONG %s: a sound body is answered %d", door, status);
          good = false;
        }
      }
    }
    return good;
  }

  private boolean bombs(LeveeServer server, Gauge gauge, Report report) throws IOException {
    Tallied tallied = new Tallied();
    for (Attack bomb : Bombs.all(bombBytes)) {
      for (Door door : Door.values()) {
        strike(server, gauge, door, bomb, tallied, report);
      }
    }
    return say("bombs", tallied, report);
  }

  private boolean mutated(Stage stage, LeveeServer server, Gauge gauge) throws IOException {
    boolean good = true;
    for (Door door : Door.values()) {
      Tallied tallied = new Tallied();
      Mutations bodies = new Mutations(stage.seed(), door.sound());
      for (int i = 0; i < mutations; i++) {
        Attack attack = new Attack("mutation " + i, "", bodies.next());
        strike(server, gauge, door, attack, tallied, stage.report());
      }
      good &= say("mutated, " + door, tallied, stage.report());
    }
    return good;
  }

  private static boolean say(String what, Tallied tallied, Report report) {
    report.line(
        "  %s: answers %s (0: hung up), most CPU %s ms, most heap %s, wrong %d",
        what,
        tallied.statuses,
        Times.millis(tallied.cpuMax),
        Sizes.mebibytes(tallied.heapMax),
        tallied.wrong);
    return tallied.wrong == 0;
  }

  private static void strike(
      LeveeServer server, Gauge gauge, Door door, Attack attack, Tallied tallied, Report report)
      throws IOException {
    Duration cpu = Duration.ofDays(1);
    long heap = Long.MAX_VALUE;
    int status = Door.NO_ANSWER;
    boolean dear = true;
    for (int attempt = 0; attempt < TRIES_MAX && dear; attempt++) {
      Duration cpuBefore = gauge.cpu();
      long heapBefore = gauge.allocatedBytes();
      status = door.send(server.target(), attack);
      heap = Math.min(heap, gauge.allocatedBytes() - heapBefore);
      Duration took = gauge.cpu().minus(cpuBefore);
      cpu = took.compareTo(cpu) < 0 ? took : cpu;
      dear = cpu.compareTo(CPU_MAX) > 0 || heap > HEAP_BYTES_MAX;
    }
    tallied.statuses.merge(status, 1L, Long::sum);
    tallied.cpuMax = cpu.compareTo(tallied.cpuMax) > 0 ? cpu : tallied.cpuMax;
    tallied.heapMax = Math.max(heap, tallied.heapMax);
    if ((status >= SERVER_ERROR || dear) && tallied.wrong++ < SAID_MAX) {
      report.line(
          "  WRONG %s, %s: HTTP %d, CPU %s ms, heap %s",
          door, attack, status, Times.millis(cpu), Sizes.mebibytes(heap));
    }
  }

  /**
   * Every valid text taken, every invalid one refused, as a value in an event at the API's door.
   */
  private static boolean cases(LeveeServer server, Report report) throws IOException {
    long refused = wrong(server, JsonCases.valid(), true, report);
    long taken = wrong(server, JsonCases.invalid(), false, report);
    report.line(
        "  JSON: %d valid texts, %d refused (expected: 0); %d invalid, %d taken (expected: 0)",
        JsonCases.valid().size(), refused, JsonCases.invalid().size(), taken);
    return refused == 0 && taken == 0;
  }

  private static long wrong(LeveeServer server, List<String> texts, boolean valid, Report report)
      throws IOException {
    long wrong = 0;
    for (String text : texts) {
      // At this door a line is an event.
      String value = valid ? text.replace('\n', ' ').replace('\r', ' ') : text;
      byte[] body =
          ("{\"title\":\"case\",\"extra\":{\"value\":" + value + "}}")
              .getBytes(StandardCharsets.UTF_8);
      int status = Door.API.send(server.target(), new Attack("case", "", body));
      boolean asExpected = valid ? status == OK : status >= 400 && status < SERVER_ERROR;
      if (!asExpected && wrong++ < SAID_MAX) {
        report.line("  WRONG %s JSON %s: HTTP %d", valid ? "valid" : "invalid", text, status);
      }
    }
    return wrong;
  }
}
