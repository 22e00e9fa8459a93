package io.levee.app;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for work that takes long and shows its progress. When no server runs on the data
 * folder, one is started for the time of the work, on a port of its own choice.
 */
final class Upkeep {
  private final JsonText parser = new JsonText(JsonLimits.DEFAULT);
  private final ClientOptions client;
  private final PrintWriter out;

  Upkeep(ClientOptions client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  /** Runs it; the last line of the answer. */
  Json.Obj run(String path) throws InterruptedException {
    DataFolder folder = new DataFolder(client.data());
    boolean stopped;
    try {
      folder.open();
      folder.close();
      stopped = client.isLocal();
    } catch (StartFailure e) {
      stopped = false; // Somebody has it: the server that we ask.
    }
    if (!stopped) {
      return ask(path);
    }
    out.println("No Levee is running on " + folder.path() + "; starting one for this.");
    Config config = Config.on(folder.path());
    try (Levee levee = new Levee(config)) {
      levee.start();
      return ask(path, client.requestAt(levee.publicUrl().toString(), path));
    }
  }

  private Json.Obj ask(String path) throws InterruptedException {
    return ask(path, client.request(path));
  }

  private Json.Obj ask(String path, HttpRequest.Builder request) throws InterruptedException {
    try (var http = ClientOptions.http()) {
      HttpResponse<Stream<String>> response =
          http.send(
              request.POST(HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofLines());
      Json.@Nullable Obj last = null;
      try (Stream<String> lines = response.body()) {
        for (String line : (Iterable<String>) lines::iterator) {
          last = read(line);
          String progress = last.text("progress");
          if (progress != null) {
            out.println("  " + progress);
          }
        }
      }
      if (response.statusCode() != 200 || last == null) {
        throw new StartFailure(path + ": " + (last == null ? "no answer" : last.text("detail")));
      }
      return last;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  private Json.Obj read(String line) {
    return switch (parser.parse(line.getBytes(StandardCharsets.UTF_8))) {
      case JsonText.Value(Json.Obj object) -> object;
      case JsonText.Value ignored -> Json.Obj.EMPTY;
      case JsonText.Invalid ignored -> Json.object("detail", Json.text(line));
      case JsonText.OverLimit ignored -> Json.object("detail", Json.text(line));
    };
  }
}
