package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadsTest {
  private static final Path OWN_STAT = Path.of("/proc/thread-self/stat");

  /** {@code proc(5)}: the 19th field; the second is in parentheses and may hold blanks. */
  private static final int NICE_AFTER_NAME = 19 - 3;

  private final ThreadFactory threads = new BackgroundThreads();

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsGiveWayAndSoDoThoseTheyStart() throws Exception {
    CompletableFuture<Integer> own = new CompletableFuture<>();
    CompletableFuture<Integer> childs = new CompletableFuture<>();

    Thread thread =
        threads.newThread(() -> {
          own.complete(nice());
          Thread.ofPlatform().start(() -> childs.complete(nice()));
        });
    thread.start();

    assertThat(own.get()).isEqualTo(BackgroundThreads.NICE);
    assertThat(childs.get()).isEqualTo(BackgroundThreads.NICE);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoMakesThemStaysAsIs() throws Exception {
    int before = nice();

    Thread thread = threads.newThread(() -> {});
    thread.start();
    thread.join();

    assertThat(nice()).isEqualTo(before);
  }

  private static int nice() {
    try {
      String stat = Files.readString(OWN_STAT);
      return Integer.parseInt(
          stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_AFTER_NAME]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
