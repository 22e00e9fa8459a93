package io.levee.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code ./levee bench}: finds the measurement, runs it, writes its result, cleans up. */
@Command(
    name = "levee bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Floods a Levee in a process of its own with Sentry envelopes of 2.9 KiB, open loop, and says"
          + " what came of it.",
      "Exit code 0 when the run is valid and nothing was lost, 1 when not."
    })
public final class BenchMain {
  private BenchMain() {}

  /** Runs a measurement and leaves with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine line = commandLine();
    line.setExecutionStrategy(parsed -> execute(parsed, String.join(" ", arguments)));
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      if (failure instanceof BenchFailure) {
        command.getErr().println("levee bench: " + failure.getMessage());
      } else {
        failure.printStackTrace(command.getErr());
      }
      return 1;
    });
    return line.execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchMain());
    for (Bench bench : benches()) {
      CommandLine command = new CommandLine(bench);
      command.addMixin("bench", new BenchOptions());
      line.addSubcommand(command);
    }
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    return line;
  }

  private static List<Bench> benches() {
    return List.of(
        new AllBench(),
        new AcceptBench(),
        new ThrottleBench(),
        new SustainedBench(),
        new VisibleBench(),
        new StartBench(),
        new QueryBench(),
        new GroupingBench(),
        new PagesBench(),
        new KillBench(),
        new CrashProof(),
        new FaultProof(),
        new PowerProof(),
        new TripleProof(),
        new RestoreProof(),
        new DayProof(),
        new OverloadProof(),
        new NeighbourProof(),
        new DamageProof(),
        new HostileProof());
  }

  private static int execute(ParseResult parsed, String arguments) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    CommandLine command = parsed.asCommandLineList().getLast();
    if (command.getCommand() instanceof Bench bench) {
      BenchOptions options =
          (BenchOptions) Objects.requireNonNull(command.getMixins().get("bench"), "mixin");
      try {
        return execute(bench, options, arguments, command.getOut());
      } catch (RuntimeException e) {
        throw new CommandLine.ExecutionException(command, String.valueOf(e.getMessage()), e);
      }
    }
    throw new CommandLine.ParameterException(
        command, "which measurement? (expected: one of the commands)");
  }

  private static int execute(Bench bench, BenchOptions options, String arguments, PrintWriter out) {
    Report report = new Report(out);
    try {
      Path work = options.newWorkFolder();
      try {
        Machine.describe(report, "./levee bench " + arguments, work);
        long seed = options.seed();
        report.line("servers   java %s; seed %d", ChildJvm.flags(options.javaFlags()), seed);
        report.line("generator %s", bench.clients());
        boolean good = bench.run(new Bench.Stage(report, options, work, seed));
        return good ? 0 : 1;
      } finally {
        report.keep(options.output()); // Also what came of a run that failed half-way.
        DiskUsage.delete(work);
      }
    } catch (IOException e) {
      throw new BenchFailure(String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }
}
