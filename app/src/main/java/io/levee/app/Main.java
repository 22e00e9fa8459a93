package io.levee.app;

import io.levee.engine.run.BackendException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/**
 * Where the program begins: finds the command, runs it, and turns what users can mend into a
 * sentence and an exit code.
 */
public final class Main {
  /** The command line was wrong. */
  static final int EXIT_USAGE = 2;

  /** Levee could not start or do what was asked; the message says why. */
  static final int EXIT_FAILURE = 1;

  /**
   * Held, because loggers that nobody holds forget their level. Lucene says at every start that an
   * optional module is missing.
   */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int CARRIERS_A_CORE = 8;

  private Main() {}

  /** Runs a command and leaves with its exit code. */
  public static void main(String[] arguments) {
    carryMoreThanCores(System.getProperties(), Runtime.getRuntime().availableProcessors());
    LUCENE.setLevel(Level.SEVERE);
    System.exit(run(arguments));
  }

  /**
   * Virtual threads give way only where they wait. With a carrier a core, two requests that bring
   * hundreds of events each keep everybody else waiting until they are decoded; with several, the
   * kernel shares the cores out. To be called before the first virtual thread; what the user has
   * set stays.
   */
  static void carryMoreThanCores(Properties properties, int cores) {
    properties.putIfAbsent(CARRIERS, Integer.toString(CARRIERS_A_CORE * cores));
  }

  static int run(String... arguments) {
    CommandLine line = commandLine();
    return line.execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new ServeCommand());
    line.addSubcommand(new DemoCommand());
    line.addSubcommand(new SendCommand());
    line.addSubcommand(new TailCommand());
    line.addSubcommand(new QueryCommand());
    line.addSubcommand(new ProjectCommand());
    line.addSubcommand(new VerifyCommand());
    line.addSubcommand(new RebuildCommand());
    line.addSubcommand(new RegroupCommand());
    line.addSubcommand(new DeadLettersCommand());
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      boolean explainsItself =
          failure instanceof StartFailure
              || failure instanceof UncheckedIOException
              || failure instanceof BackendException;
      if (explainsItself) {
        command.getErr().println("levee: " + failure.getMessage());
      } else {
        failure.printStackTrace(command.getErr());
      }
      return EXIT_FAILURE;
    });
    return line;
  }
}
