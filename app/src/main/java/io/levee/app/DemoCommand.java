package io.levee.app;

import io.levee.app.demo.DemoEvent;
import io.levee.app.demo.DemoProject;
import io.levee.app.demo.DemoWeek;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code levee demo}: a throw-away Levee with a believable week in it, sent through the real door,
 * and live traffic after it.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts Levee on a throw-away folder, sends it a believable week of four applications through the real HTTP door,",
      "and goes on with live traffic until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int IN_FLIGHT_MAX = 32;
  private static final int SAY_EVERY = 2_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:LEVEE_HOST:-127.0.0.1}",
      description = "The address to listen on. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "${env:LEVEE_PORT:-7575}",
      description = "The port to listen on; 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port = Config.PORT_DEFAULT;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Another seed, another week. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--leave",
      hidden = true,
      description =
          "Stop after the week: ./levee runs this once, so that the JVM learns what is used.")
  private boolean leave;

  private final HttpClient http = ClientOptions.http();

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder = Files.createTempDirectory("levee-demo-");
    try {
      List<FirstStart.NewProject> projects =
          DemoProject.ALL.stream()
              .map(one -> new FirstStart.NewProject(one.slug(), one.name()))
              .toList();
      Config config = Config.on(folder).withSampling(0).listeningOn(host, port);
      return RunningLevee.until(
          new Levee(config, projects), spec.commandLine().getOut(), this::play);
    } finally {
      http.close();
      delete(folder);
    }
  }

  private void play(Levee levee, PrintWriter out) throws InterruptedException {
    Map<String, URI> doors = doors(levee);
    Instant now = Instant.now();
    DemoWeek demo = new DemoWeek(seed, now);
    out.println("levee: sending a week of four applications through the front door");
    int sent = sendWeek(demo.week(), doors, out);
    if (leave) {
      return;
    }
    Banner.print(levee, out);
    out.println(
        "  This is a demo: "
            + sent
            + " events of a week, and about two a second from now on. The data goes when it stops.");
    out.println();
    out.flush();
    Iterator<DemoEvent> live = demo.live(Instant.now());
    while (!Thread.currentThread().isInterrupted()) {
      DemoEvent event = live.next();
      Duration wait = Duration.between(Instant.now(), event.time());
      if (wait.isPositive()) {
        Thread.sleep(wait);
      }
      send(event, doors);
    }
  }

  private static Map<String, URI> doors(Levee levee) {
    Map<String, URI> doors = new HashMap<>();
    for (Project project : levee.projects()) {
      ProjectKey key = FirstStart.clientKey(levee.registry(), project);
      doors.put(
          project.slug(),
          URI.create(
              levee.publicUrl()
                  + "/api/"
                  + project.id()
                  + "/envelope/?sentry_version=7&sentry_key="
                  + key.value()));
    }
    return doors;
  }

  private int sendWeek(Iterator<DemoEvent> week, Map<String, URI> doors, PrintWriter out)
      throws InterruptedException {
    int sent = 0;
    Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> last = senders.submit(() -> {});
      while (week.hasNext()) {
        DemoEvent event = week.next();
        inFlight.acquire();
        last =
            senders.submit(() -> {
              try {
                send(event, doors);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                inFlight.release();
              }
            });
        if (++sent % SAY_EVERY == 0) {
          out.println("levee:   " + sent + " events, now at " + event.time());
        }
      }
      last.get();
    } catch (ExecutionException e) {
      throw new StartFailure("the demo could not be sent: " + e.getCause(), e);
    }
    return sent;
  }

  private void send(DemoEvent event, Map<String, URI> doors) throws InterruptedException {
    URI door = doors.get(event.project());
    if (door == null) {
      throw new IllegalStateException("no project " + event.project());
    }
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.envelope()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartFailure(
            "the demo's envelope was refused: " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
