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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee dead-letters}: what subscribers could not deal with, on the running server. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Events that a subscriber could not deal with and set aside, on the running server.",
      "list: how many, or those of a group. show: one, with its event and stack.",
      "replay: deliver again to that subscriber. discard: throw away."
    })
final class DeadLettersCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    LIST,
    SHOW,
    REPLAY,
    DISCARD
  }

  private static final String PATH = "/api/v1/dead-letters";

  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "list, show, replay or discard. Default: ${DEFAULT-VALUE}")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LETTER",
      description = "The number of a letter: to show, replay or discard it.")
  private @Nullable Long letter;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "The subscriber, as in index: list, replay or discard all of its letters.")
  private @Nullable String group;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "How many to list at most. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws InterruptedException {
    return switch (action) {
      case LIST -> list();
      case SHOW -> show();
      case REPLAY -> replay();
      case DISCARD -> discard();
    };
  }

  private int list() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String query = group == null ? "" : "?group=" + encoded(group) + "&limit=" + limit;
    Json.Obj answer = ask("GET", PATH + query);
    if (group == null) {
      answer.array("groups").forEach(one -> out.println(groupLine((Json.Obj) one)));
    } else if (answer.array("letters").isEmpty()) {
      out.println("No dead letters of " + group + ".");
    } else {
      answer.array("letters").forEach(one -> out.println(letterLine((Json.Obj) one)));
    }
    return 0;
  }

  private static String groupLine(Json.Obj group) {
    return group.text("group")
        + ": "
        + group.text("letters")
        + " of "
        + group.text("letters_max")
        + " letters, "
        + group.text("bytes")
        + " bytes";
  }

  private static String letterLine(Json.Obj letter) {
    return letter.text("id")
        + "  "
        + letter.text("time")
        + "  project "
        + letter.text("project")
        + "  event "
        + letter.text("event")
        + "  tried "
        + letter.text("attempts")
        + "x  "
        + letter.text("cause");
  }

  private int show() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Json.Obj answer = ask("GET", PATH + "/" + needed());
    out.println(letterLine(answer));
    out.println();
    out.println(answer.text("stack"));
    Json body = answer.get("body");
    out.println(body == null ? "" : JsonText.write(body));
    return 0;
  }

  private int replay() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Json.Obj answer =
        ask(
            "POST",
            group == null
                ? PATH + "/" + needed() + "/replay"
                : PATH + "/replay?group=" + encoded(group));
    String failed = String.valueOf(answer.text("failed"));
    out.println(answer.text("replayed") + " delivered again, " + failed + " failed.");
    String error = answer.text("error");
    if (error != null) {
      out.println(error);
    }
    return failed.equals("0") ? 0 : Main.EXIT_FAILURE;
  }

  private int discard() throws InterruptedException {
    String path = group == null ? PATH + "/" + needed() : PATH + "?group=" + encoded(group);
    Json.Obj answer = ask("DELETE", path);
    spec.commandLine().getOut().println(answer.text("discarded") + " discarded.");
    return 0;
  }

  private long needed() {
    Long number = letter;
    if (number == null) {
      throw new ParameterException(
          spec.commandLine(), "the number of a letter is missing (or --group, for all of a group)");
    }
    return number;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Json.Obj ask(String method, String path) throws InterruptedException {
    HttpRequest request =
        client.request(path).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try (var http = ClientOptions.http()) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Json.Obj answer =
          parser.parse(response.body()) instanceof JsonText.Value(Json.Obj object)
              ? object
              : Json.Obj.EMPTY;
      if (response.statusCode() != 200) {
        throw new StartFailure(path + ": " + response.statusCode() + " " + answer.text("detail"));
      }
      return answer;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }
}
