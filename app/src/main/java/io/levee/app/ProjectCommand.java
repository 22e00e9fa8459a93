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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee project}: projects, their keys and their limits, on a running server. */
@Command(
    name = "project",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, adds and changes projects, their keys and their limits.",
    subcommands = {
      ProjectCommand.ListProjects.class,
      ProjectCommand.AddProject.class,
      ProjectCommand.ListKeys.class,
      ProjectCommand.AddKey.class,
      ProjectCommand.ProjectLimits.class,
      ProjectCommand.ProjectSampling.class
    })
final class ProjectCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "project: which command? (expected: list, add, keys, add-key, limits, sampling)");
  }

  /** What the commands have in common: they ask, and show the answer. */
  private static final class Ask {
    private static final JsonText PARSER = new JsonText(JsonLimits.DEFAULT);

    private final ClientOptions client;
    private final CommandSpec spec;

    Ask(ClientOptions client, CommandSpec spec) {
      this.client = client;
      this.spec = spec;
    }

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    int get(String path, Consumer<Json.Obj> show) throws InterruptedException {
      return send(client.request(path).GET(), show);
    }

    int post(String path, Json.Obj body, Consumer<Json.Obj> show) throws InterruptedException {
      HttpRequest.BodyPublisher text = HttpRequest.BodyPublishers.ofString(JsonText.write(body));
      return send(client.request(path).POST(text), show);
    }

    private int send(HttpRequest.Builder request, Consumer<Json.Obj> show)
        throws InterruptedException {
      try (var http = ClientOptions.http()) {
        HttpResponse<byte[]> response =
            http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonText.Parsed parsed = PARSER.parse(response.body());
        if (response.statusCode() / 100 == 2 && parsed instanceof JsonText.Value(Json.Obj answer)) {
          show.accept(answer);
          return 0;
        }
        spec.commandLine().getErr().println(response.statusCode() + " " + said(response, parsed));
        return Main.EXIT_FAILURE;
      } catch (IOException e) {
        throw client.unreachable(e);
      }
    }

    /** The answer's own words, without what JSON needs around them. */
    private static String said(HttpResponse<byte[]> response, JsonText.Parsed parsed) {
      String detail =
          parsed instanceof JsonText.Value(Json.Obj answer) ? answer.text("detail") : null;
      return detail == null ? new String(response.body(), StandardCharsets.UTF_8).strip() : detail;
    }
  }

  private static String path(String project, String rest) {
    return "/api/v1/projects/" + URLEncoder.encode(project, StandardCharsets.UTF_8) + rest;
  }

  private static String field(Json.Obj object, String name) {
    String text = object.text(name);
    return text == null ? "" : text;
  }

  private static void showProject(PrintWriter out, Json.Obj project) {
    out.println(
        String.format(
            Locale.ROOT,
            "%-4s %-20s %-5s %s",
            field(project, "id"),
            field(project, "slug"),
            field(project, "retention_days") + "d",
            field(project, "name")));
    out.println("     " + field(project, "dsn"));
  }

  private static void showKey(PrintWriter out, Json.Obj key) {
    List<String> permissions =
        key.array("permissions").stream().map(item -> String.valueOf(item.scalarText())).toList();
    out.println(field(key, "key") + "  " + String.join(",", permissions));
    if (!field(key, "dsn").isEmpty()) {
      out.println("     " + field(key, "dsn"));
    }
  }

  /** {@code levee project list}. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "All projects.")
  static final class ListProjects implements Callable<Integer> {
    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
      Ask ask = new Ask(client, spec);
      return ask.get(
          "/api/v1/projects",
          answer ->
              answer.array("projects").forEach(one -> showProject(ask.out(), (Json.Obj) one)));
    }
  }

  /** {@code levee project add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a project, with a key for its clients.")
  static final class AddProject implements Callable<Integer> {
    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
        index = "0",
        paramLabel = "SLUG",
        description = "What addresses show: a-z, 0-9 and -.")
    private String slug = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "NAME",
        description = "Its name. Default: SLUG")
    private @Nullable String name;

    @Option(
        names = "--retention-days",
        paramLabel = "DAYS",
        description = "How long to keep events.")
    private @Nullable Integer retentionDays;

    @Override
    public Integer call() throws InterruptedException {
      Map<String, Json> body = new LinkedHashMap<>();
      body.put("slug", Json.text(slug));
      if (name != null) {
        body.put("name", Json.text(name));
      }
      if (retentionDays != null) {
        body.put("retention_days", Json.number((long) retentionDays));
      }
      Ask ask = new Ask(client, spec);
      return ask.post(
          "/api/v1/projects", new Json.Obj(body), project -> showProject(ask.out(), project));
    }
  }

  /** {@code levee project keys}. */
  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = "A project's keys; those that may do more than send are masked.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PROJECT", description = "Its slug or number.")
    private String project = "";

    @Override
    public Integer call() throws InterruptedException {
      Ask ask = new Ask(client, spec);
      return ask.get(
          path(project, "/keys"),
          answer -> answer.array("keys").forEach(key -> showKey(ask.out(), (Json.Obj) key)));
    }
  }

  /** {@code levee project add-key}. */
  @Command(
      name = "add-key",
      mixinStandardHelpOptions = true,
      description =
          "Adds a key. Of one that may do more than send this is the only time it is told.")
  static final class AddKey implements Callable<Integer> {
    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PROJECT", description = "Its slug or number.")
    private String project = "";

    @Option(
        names = "--allow",
        split = ",",
        paramLabel = "WHAT",
        description = "ingest, read, release, admin; several with commas. Default: ingest")
    private List<String> allow = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
      List<Json> permissions = new ArrayList<>();
      allow.forEach(one -> permissions.add(Json.text(one)));
      Json.Obj body =
          permissions.isEmpty()
              ? Json.Obj.EMPTY
              : Json.object("permissions", Json.array(permissions));
      Ask ask = new Ask(client, spec);
      return ask.post(path(project, "/keys"), body, key -> showKey(ask.out(), key));
    }
  }

  /** {@code levee project sampling}. */
  @Command(
      name = "sampling",
      mixinStandardHelpOptions = true,
      description = {
        "Shows from how many equal errors a minute on some stand for the others, or changes it."
      })
  static final class ProjectSampling implements Callable<Integer> {
    private static final String THRESHOLD = "errors_per_minute";

    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROJECT", description = "Its slug or number.")
    private String project = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "NUMBER|default",
        description = "Equal errors a minute; 0 keeps every one whole; default: the usual again.")
    private @Nullable String threshold;

    @Override
    public Integer call() throws InterruptedException {
      Ask ask = new Ask(client, spec);
      String path = path(project, "/sampling");
      if (threshold == null) {
        return ask.get(path, answer -> show(ask.out(), answer));
      }
      boolean number = threshold.matches("\\d{1,9}");
      if (!number && !threshold.equals("default")) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "\"" + threshold + "\" (expected: a number, or default)");
      }
      Json value = number ? new Json.Num(threshold) : Json.nothing();
      return ask.post(path, Json.object(THRESHOLD, value), answer -> show(ask.out(), answer));
    }

    private static void show(PrintWriter out, Json.Obj answer) {
      boolean own = "true".equals(field(answer, "own"));
      out.println(THRESHOLD + " " + field(answer, THRESHOLD) + (own ? "" : "  (default)"));
    }
  }

  /** {@code levee project limits}. */
  @Command(
      name = "limits",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the limits of a project, or of one of its keys, and what is used of them; changes"
            + " those that are named.",
        "Limits: requests_at_once, and events_ and bytes_ per_minute, per_hour and per_month."
      })
  static final class ProjectLimits implements Callable<Integer> {
    @Mixin private ClientOptions client = new ClientOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROJECT", description = "Its slug or number.")
    private String project = "";

    @Parameters(
        index = "1..*",
        paramLabel = "LIMIT=VALUE",
        description =
            "A limit to set, as in events_per_month=1000000; without a value it is unset.")
    private List<String> changes = new ArrayList<>();

    @Option(
        names = "--of-key",
        paramLabel = "KEY",
        description =
            "The first 8 digits of the key whose limits are meant. Default: the project's")
    private String ofKey = "";

    @Override
    public Integer call() throws InterruptedException {
      String key =
          ofKey.isEmpty() ? "" : "?key_prefix=" + URLEncoder.encode(ofKey, StandardCharsets.UTF_8);
      String path = path(project, "/limits" + key);
      Ask ask = new Ask(client, spec);
      return changes.isEmpty()
          ? ask.get(path, answer -> show(ask.out(), answer))
          : ask.post(path, wanted(), answer -> show(ask.out(), answer));
    }

    private Json.Obj wanted() {
      Map<String, Json> wanted = new LinkedHashMap<>();
      for (String change : changes) {
        int equals = change.indexOf('=');
        String value = equals < 0 ? "" : change.substring(equals + 1);
        boolean number = value.matches("\\d{1,18}");
        if (equals < 0 || !(number || value.isEmpty())) {
          throw new CommandLine.ParameterException(
              spec.commandLine(), "\"" + change + "\" (expected: as in events_per_month=1000000)");
        }
        wanted.put(change.substring(0, equals), number ? new Json.Num(value) : Json.nothing());
      }
      return new Json.Obj(wanted);
    }

    private static void show(PrintWriter out, Json.Obj answer) {
      Json.Obj own = answer.object("limits");
      answer
          .object("in_force")
          .fields()
          .forEach((name, value) ->
              out.println(
                  String.format(
                      Locale.ROOT,
                      "%-20s %20s%s",
                      name,
                      value.scalarText(),
                      own.get(name) == null ? "  (default)" : "")));
      answer
          .object("used")
          .fields()
          .forEach((period, used) -> {
            Json.Obj amounts = (Json.Obj) used;
            out.println(
                String.format(
                    Locale.ROOT,
                    "%-20s %20s events %20s bytes",
                    "used this " + period,
                    amounts.text("events"),
                    amounts.text("bytes")));
          });
    }
  }
}
