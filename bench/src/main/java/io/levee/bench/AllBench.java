package io.levee.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code all}: everything in order, each with its defaults. */
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Everything in order: start, accept, sustained, visible, kill. About fifteen minutes.")
final class AllBench implements Bench {
  @Option(
      names = "--kill-rounds",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "Rounds of kill. Default: ${DEFAULT-VALUE}")
  private int killRounds;

  @Override
  public boolean run(Stage stage) throws IOException, InterruptedException {
    boolean good = with(new StartBench()).run(stage);
    good &= with(new AcceptBench()).run(stage);
    good &= with(new SustainedBench()).run(stage);
    good &= with(new VisibleBench()).run(stage);
    good &= with(new KillBench(), "--rounds", Integer.toString(killRounds)).run(stage);
    return good;
  }

  private static Bench with(Bench bench, String... arguments) {
    new CommandLine(bench).parseArgs(List.of(arguments).toArray(String[]::new));
    return bench;
  }
}
