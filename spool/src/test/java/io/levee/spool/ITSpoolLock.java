package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ITSpoolLock {

  @TempDir Path folder;

  @Test
  void anotherProcessCantOpenItEvenAfterWeTriedTwice() throws Exception {
    try (Spool spool = Spool.open(folder, SpoolOptions.defaults())) {
      assertThatThrownBy(() -> Spool.open(folder, SpoolOptions.defaults()))
          .isInstanceOf(SpoolException.AlreadyOpen.class);

      assertThat(openElsewhere()).contains("AlreadyOpen").contains("is open");
      assertThat(spool.state()).isEqualTo(Spool.State.OPEN);
    }
    assertThat(openElsewhere()).as("given free by close").contains("opened");
  }

  private String openElsewhere() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** The other process. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      Spool.open(Path.of(arguments[0]), SpoolOptions.defaults()).close();
      System.out.println("opened");
    }
  }
}
