package io.levee.app;

import io.levee.event.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee rebuild}: makes one store anew from the other. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Builds a store anew from the other, on a running or stopped server; events are taken in meanwhile.",
      "The old store stays in place until the new one is whole."
    })
final class RebuildCommand implements Callable<Integer> {
  /** What can be rebuilt. */
  enum Store {
    INDEX,
    ARCHIVE
  }

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STORE", description = "index or archive")
  private Store store = Store.INDEX;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String name = store == Store.INDEX ? "index" : "archive";
    Json.Obj answer = new Upkeep(client, out).run("/api/v1/rebuild/" + name);
    if (answer.get("done") instanceof Json.Bool(boolean done) && done) {
      out.println("The " + name + " is rebuilt: " + answer.text("events") + " events.");
      return 0;
    }
    out.println("The " + name + " could not be rebuilt: " + answer.text("error"));
    return Main.EXIT_FAILURE;
  }
}
