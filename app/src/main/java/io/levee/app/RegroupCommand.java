package io.levee.app;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee regroup}: what grouping would change for the last days, and teaches it. */
@Command(
    name = "regroup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Groups a project's errors of the last days anew, and says what the rules and the algorithm in force would change.",
      "Then it teaches that: issues that have become one are merged, and new fingerprints find the issue they are of.",
      "No event is rewritten, and events come in meanwhile."
    })
final class RegroupCommand implements Callable<Integer> {
  private static final int OK = 200;

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PROJECT", description = "The project's number or slug.")
  private String project = "";

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "How far back to look, 1..90. Default: ${DEFAULT-VALUE}")
  private int days = 7;

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Json> wanted = new TreeMap<>();
    wanted.put("days", Json.number(days));
    wanted.put("apply", Json.bool(!dryRun));
    Json.Obj answer = ask(Json.object(wanted));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        answer.text("events")
            + " errors looked at"
            + ("true".equals(answer.text("complete")) ? "" : " (the newest; there are more)")
            + ", "
            + answer.text("changes")
            + " changes.");
    for (Json each : answer.array("moves")) {
      if (each instanceof Json.Obj move) {
        print(out, move);
      }
    }
    for (Json each : answer.array("done")) {
      out.println("  done: " + each.scalarText());
    }
    return 0;
  }

  private static void print(PrintWriter out, Json.Obj move) {
    String into = move.text("into");
    out.println(
        "  "
            + move.text("events")
            + " events to "
            + (into == null ? "a new issue" : "issue " + into)
            + ": "
            + move.text("title"));
    for (Json each : move.array("from")) {
      if (each instanceof Json.Obj from) {
        out.println(
            "      "
                + from.text("events")
                + " of issue "
                + from.text("issue")
                + ": "
                + from.text("title"));
      }
    }
    if (!"true".equals(move.text("whole"))) {
      out.println("      a part of an issue: events to come decide, nothing is taught");
    }
  }

  private Json.Obj ask(Json.Obj wanted) throws InterruptedException {
    String path =
        "/api/v1/projects/"
            + URLEncoder.encode(project, StandardCharsets.UTF_8)
            + "/grouping/regroup";
    HttpRequest request =
        client
            .request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(wanted)))
            .build();
    try (var http = ClientOptions.http()) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Json.Obj answer =
          new JsonText(JsonLimits.DEFAULT).parse(response.body())
                  instanceof JsonText.Value(Json.Obj object)
              ? object
              : Json.Obj.EMPTY;
      if (response.statusCode() != OK) {
        throw new StartFailure(project + ": " + answer.text("detail"));
      }
      return answer;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }
}
