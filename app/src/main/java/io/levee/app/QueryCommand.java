package io.levee.app;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee query}: answers a question of the pipe language in the terminal. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Answers a question, as in: levee query 'ERROR | stats count by date_hour'.")
final class QueryCommand implements Callable<Integer> {
  private static final JsonText JSON =
      new JsonText(new JsonLimits(64, 20_000_000, 10_000, 64 << 20));

  /** No question's name: those are not blank. */
  private static final String ALL_SAVED = " ";

  /** How an answer is shown. */
  enum Format {
    TABLE,
    CHART,
    JSON,
    NDJSON,
    CSV
  }

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUESTION",
      description = "A filter and stages behind |; * for every event.")
  private String question = "";

  @Option(
      names = "--saved",
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "",
      fallbackValue = ALL_SAVED,
      description = "Asks the question that is saved under a name; without one, lists them all.")
  private String saved = "";

  @Option(
      names = "--from",
      defaultValue = "-24h",
      description = "Since when: RFC 3339, or ago as in -7d. Default: ${DEFAULT-VALUE}")
  private String from = "-24h";

  @Option(names = "--to", defaultValue = "now", description = "Until when. Default: now")
  private String to = "now";

  @Option(names = "--tz", defaultValue = "", description = "Zone of days and hours. Default: UTC")
  private String zone = "";

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. json, ndjson and csv for programs. Default: table")
  private Format format = Format.TABLE;

  @Option(names = "--explain", description = "Shows how it would be answered, and does not.")
  private boolean explain;

  @Override
  public Integer call() throws InterruptedException {
    if (question.isEmpty() == saved.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected: a QUESTION, --saved NAME, or --saved alone for a list");
    }
    if (saved.equals(ALL_SAVED)) {
      return listed();
    }
    boolean shown = format == Format.TABLE || format == Format.CHART || explain;
    String wire = shown ? "json" : format.name().toLowerCase(Locale.ROOT);
    String path =
        "/api/v1/query?q="
            + encoded(question)
            + (saved.isEmpty() ? "" : "&saved=" + encoded(saved))
            + "&from="
            + encoded(from)
            + "&to="
            + encoded(to)
            + "&tz="
            + encoded(zone)
            + "&format="
            + wire
            + (explain ? "&explain=true" : "");
    HttpRequest request = client.request(path).GET().build();
    try (var http = ClientOptions.http()) {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return shown || response.statusCode() != 200 ? show(response, body) : copy(body);
      }
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  /** The saved questions, a line each. */
  private int listed() throws InterruptedException {
    HttpRequest request = client.request("/api/v1/questions").GET().build();
    try (var http = ClientOptions.http()) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      if (!(JSON.parse(response.body()) instanceof JsonText.Value(Json.Obj answer))
          || response.statusCode() != 200) {
        err.println("levee: the list of saved questions has status " + response.statusCode());
        return Main.EXIT_FAILURE;
      }
      if (format == Format.JSON) {
        out.println(new String(response.body(), StandardCharsets.UTF_8).strip());
        return 0;
      }
      AnswerText text = AnswerText.ofQuestions(answer);
      text.table().forEach(out::println);
      text.notes().forEach(err::println);
      return 0;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private int copy(InputStream body) throws IOException {
    try (Stream<String> lines =
        new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8))
            .lines()) {
      lines.forEach(spec.commandLine().getOut()::println);
    }
    return 0;
  }

  private int show(HttpResponse<InputStream> response, InputStream body) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    byte[] bytes = body.readAllBytes();
    if (!(JSON.parse(bytes) instanceof JsonText.Value(Json.Obj answer))) {
      err.println("levee: an answer that is no JSON, status " + response.statusCode());
      return Main.EXIT_FAILURE;
    }
    String detail = answer.text("detail");
    if (detail != null) {
      err.println("levee: " + detail);
      Json position = answer.get("position");
      if (position instanceof Json.Num at && saved.isEmpty() && question.indexOf('\n') < 0) {
        err.println("  " + question);
        err.println("  " + " ".repeat((int) at.asDouble()) + "^");
      }
      return Main.EXIT_FAILURE;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (explain) {
      answer.array("plan").forEach(line -> out.println(line.scalarText()));
      return 0;
    }
    AnswerText text = AnswerText.of(answer);
    (format == Format.CHART ? text.chart() : text.table()).forEach(out::println);
    text.notes().forEach(err::println);
    return 0;
  }
}
