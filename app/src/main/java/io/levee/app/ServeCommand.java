package io.levee.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code levee}: starts everything in one process and stays until it is stopped. */
@Command(
    name = "levee",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Takes in errors, logs and measurements, keeps every one it accepted, and makes them searchable.",
      "Without a command: starts everything in one process."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private ServeOptions options = new ServeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return RunningLevee.until(
        new Levee(options.config()), spec.commandLine().getOut(), ServeCommand::serve);
  }

  private static void serve(Levee levee, PrintWriter out) throws InterruptedException {
    Banner.print(levee, out);
    Thread.currentThread().join(); // The shutdown hook ends the process.
  }
}
