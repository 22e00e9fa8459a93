package io.levee.app;

import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee send}: one event from the command line, or JSON from standard input. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Sends an event; without a title, JSON events (one, an array, or one a line) from standard input.")
final class SendCommand implements Callable<Integer> {
  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "TITLE", description = "What happened, in a line.")
  private @Nullable String title;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "error",
      description = "trace, debug, info, warning, error, fatal. Default: error")
  private String level = "error";

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag; may be repeated.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(names = "--release", paramLabel = "VERSION", description = "The release it happened in.")
  private @Nullable String release;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "The environment it happened in.")
  private @Nullable String environment;

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpRequest request =
        client
            .request("/api/v1/events")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(System.in)))
            .build();
    try (var http = ClientOptions.http()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      boolean taken = response.statusCode() == 200;
      (taken ? spec.commandLine().getOut() : spec.commandLine().getErr()).println(response.body());
      return taken ? 0 : Main.EXIT_FAILURE;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  private byte[] body(InputStream in) throws IOException {
    if (title == null) {
      return in.readAllBytes();
    }
    Map<String, Json> event = new LinkedHashMap<>();
    event.put("title", Json.text(title));
    event.put("level", Json.text(level));
    if (release != null) {
      event.put("release", Json.text(release));
    }
    if (environment != null) {
      event.put("environment", Json.text(environment));
    }
    Map<String, Json> sentTags = new LinkedHashMap<>();
    tags.forEach((name, value) -> sentTags.put(name, Json.text(value)));
    event.put("tags", new Json.Obj(sentTags));
    return JsonText.write(new Json.Obj(event)).getBytes(StandardCharsets.UTF_8);
  }
}
