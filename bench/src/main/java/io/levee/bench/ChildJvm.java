package io.levee.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, with the flags that {@code ./levee} uses, mostly on our own class
 * path. Its output goes to a file. Killed when it is closed.
 */
final class ChildJvm implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=50",
          "-XX:InitiatingHeapOccupancyPercent=70",
          "-XX:-G1UseAdaptiveIHOP",
          "-XX:G1ReservePercent=5",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8",
          "-Xmx448m");

  /** See Linux's proc_pid_clear_refs(5). */
  private static final String RESET_PEAK = "5";

  private static final Duration END_WAIT_MAX = Duration.ofSeconds(30);

  private final Process process;
  private final Path output;

  private ChildJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it; returns at once.
   *
   * @param extraFlags after ours, as in LEVEE_JAVA_OPTS
   */
  static ChildJvm start(
      List<String> extraFlags, String mainClass, List<String> arguments, Path output)
      throws IOException {
    List<String> flags = new ArrayList<>(aotCache());
    flags.addAll(extraFlags);
    return start(flags, System.getProperty("java.class.path"), mainClass, arguments, output);
  }

  /**
   * Starts something else with the same flags, on a class path of its own.
   *
   * @param main a class, or the file of its source
   */
  static ChildJvm start(
      List<String> moreFlags, String classPath, String main, List<String> arguments, Path output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(moreFlags);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    return new ChildJvm(process, output);
  }

  /** What it runs with, for the report. */
  static String flags(List<String> extraFlags) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(aotCache().isEmpty() ? List.of() : List.of("-XX:AOTCache=levee.aot"));
    flags.addAll(extraFlags);
    return String.join(" ", flags);
  }

  /**
   * The cache that {@code ./levee} starts with, when it has been made and no jar is younger: a JVM
   * that is given a cache of other jars doesn't notice, and runs the classes of then.
   */
  private static List<String> aotCache() {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      Path folder = jar.getParent();
      boolean app =
          jar.getFileName() != null && jar.getFileName().toString().startsWith("levee-app-");
      if (app && folder != null) {
        Path cache = folder.resolveSibling("levee.aot");
        return isCurrent(cache, folder)
            ? List.of(
                "-XX:AOTCache=" + cache,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTReplayTraining",
                "-Xlog:aot=off",
                "-Xlog:cds=off")
            : List.of();
      }
    }
    return List.of();
  }

  private static boolean isCurrent(Path cache, Path jars) {
    long made = cache.toFile().lastModified(); // 0 when there is none.
    File[] younger =
        jars.toFile()
            .listFiles(file -> file.getName().endsWith(".jar") && file.lastModified() > made);
    return made > 0 && younger != null && younger.length == 0;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /**
   * CPU time that it has used, all threads, user and system; zero when the platform doesn't say.
   */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory that was ever resident, as Linux counts it; empty elsewhere. */
  OptionalLong peakResidentBytes() {
    return ProcStatus.bytes(process.pid(), "VmHWM");
  }

  /** A size that Linux counts now, as VmRSS; empty elsewhere. */
  OptionalLong bytes(String field) {
    return ProcStatus.bytes(process.pid(), field);
  }

  /** Lets {@link #peakResidentBytes} count anew, where Linux allows it. */
  void forgetPeak() throws IOException {
    Path references = Path.of("/proc", Long.toString(process.pid()), "clear_refs");
    if (Files.isWritable(references)) {
      Files.writeString(references, RESET_PEAK);
    }
  }

  /** SIGKILL: nothing of it runs any more when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and SIGKILL when it has not ended in time. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
