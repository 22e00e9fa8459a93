package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The SDKs of edge/src/test/clients, installed by npm into the target folder. Where there is no
 * Node the tests abort, unless LEVEE_REQUIRE_NODE says that it must be there.
 */
final class RealClients {
  private static final long INSTALL_MINUTES_MAX = 5;
  private static final long RUN_SECONDS_MAX = 120;

  private final Path folder;

  private RealClients(Path folder) {
    this.folder = folder;
  }

  /** Copies the scripts and installs these packages at the versions that package.json pins. */
  static RealClients install(String... packages) throws IOException, InterruptedException {
    boolean required = "1".equals(System.getenv("LEVEE_REQUIRE_NODE"));
    if (!required && !runs("node", "--version")) {
      abort("no Node on this machine (install it, or set LEVEE_REQUIRE_NODE=1 to fail instead)");
    }
    Path source = Path.of("..", "edge", "src", "test", "clients");
    Path folder = Path.of("target", "clients").toAbsolutePath();
    copy(source, folder);
    List<String> command =
        new ArrayList<>(
            List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent"));
    String pinned = Files.readString(source.resolve("package.json"));
    Files.writeString(folder.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
    for (String name : packages) {
      command.add(name + "@" + version(pinned, name));
    }
    // Its own streams: those of this process are Surefire's way to talk to it.
    File log = folder.resolve("npm.log").toFile();
    Process npm =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    assertThat(npm.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)).as("npm install ended").isTrue();
    assertThat(npm.exitValue()).as("npm install").isZero();
    return new RealClients(folder);
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String version(String packageJson, String name) {
    if (new JsonText(JsonLimits.DEFAULT).parse(packageJson.getBytes(StandardCharsets.UTF_8))
        instanceof JsonText.Value(Json.Obj object)) {
      String version = object.object("dependencies").text(name);
      if (version != null) {
        return version;
      }
    }
    throw new IllegalStateException("package.json does not name " + name);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("node_modules"))
              .toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    }
  }

  /** Runs a script to its end; its last line of output as JSON. */
  Json.Obj run(String... scriptAndArguments) throws IOException, InterruptedException {
    Process node = start(scriptAndArguments);
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    String last = output.strip().lines().reduce((first, second) -> second).orElse("");
    if (new JsonText(JsonLimits.DEFAULT).parse(last.getBytes(StandardCharsets.UTF_8))
        instanceof JsonText.Value(Json.Obj object)) {
      return object;
    }
    throw new AssertionError("not JSON: " + output);
  }

  /** Starts a script that goes on running. */
  Process start(String... scriptAndArguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(Arrays.asList(scriptAndArguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
