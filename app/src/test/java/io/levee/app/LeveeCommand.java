package io.levee.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a Levee is started in a process of its own. */
final class LeveeCommand {
  private LeveeCommand() {}

  /**
   * The command; it lives for seconds, so its compiler stops where that pays.
   *
   * @param options behind those for the folder
   */
  static List<String> of(Path data, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    return command;
  }
}
