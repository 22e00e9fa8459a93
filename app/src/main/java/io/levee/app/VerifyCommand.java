package io.levee.app;

import io.levee.event.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code levee verify}: proves that index and archive hold the same events. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Proves that index and archive agree, count for count and digest for digest, on a running or stopped server.",
      "Exit code 0 when they do, 1 when they do not."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Json.Obj answer = new Upkeep(client, out).run("/api/v1/verify");
    if (answer.get("agree") instanceof Json.Bool(boolean agree) && agree) {
      out.println("Index and archive agree on " + answer.text("events") + " events.");
      return 0;
    }
    String error = answer.text("error");
    out.println(
        error == null
            ? "Index and archive differ in "
                + answer.text("differences")
                + " places; levee rebuild restores one from the other."
            : "Could not compare: " + error);
    return Main.EXIT_FAILURE;
  }
}
