package io.levee.app;

import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee tail}: shows events as they come in. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows events as they come in, until Ctrl-C.")
final class TailCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      description = "Which events, as in the console's search box; all without one.")
  private @Nullable String query;

  @Option(names = "--json", description = "The whole event as canonical JSON, one a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    String encoded = URLEncoder.encode(query == null ? "" : query, StandardCharsets.UTF_8);
    HttpRequest request = client.request("/api/v1/tail?query=" + encoded).GET().build();
    try (var http = ClientOptions.http()) {
      HttpResponse<Stream<String>> response =
          http.send(request, HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != 200) {
          lines.forEach(spec.commandLine().getErr()::println);
          return Main.EXIT_FAILURE;
        }
        lines.filter(line -> !line.isBlank()).forEach(this::show);
      }
      return 0;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  private void show(String line) {
    PrintWriter out = spec.commandLine().getOut();
    if (json || line.startsWith("{\"missed\"")) {
      out.println(line);
      return;
    }
    Event event = CanonicalJson.read(line.getBytes(StandardCharsets.UTF_8));
    String where = event.culprit() == null ? "" : "  (" + event.culprit() + ")";
    String time = TIME.format(event.time().atZone(ZoneId.systemDefault()));
    out.println(
        time
            + "  "
            + String.format(Locale.ROOT, "%-7s", event.level().wireName())
            + "  "
            + event.title()
            + where);
  }
}
