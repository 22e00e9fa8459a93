package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchMainTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyMeasurementHasHelp() {
    for (String name : BenchMain.commandLine().getSubcommands().keySet()) {
      assertThat(BenchMain.commandLine().getSubcommands().get(name).getUsageMessage())
          .contains("--connections", "--output");
      assertThat(BenchMain.run(name, "--help")).isZero();
    }
  }

  @Test
  void wrongCommandLineIsCodeTwo() {
    assertThat(BenchMain.run("nothing")).isEqualTo(2);
    assertThat(BenchMain.run()).isEqualTo(2);
  }

  @Test
  void readsPeakMemoryOfProcess() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  123456 kB", "VmRSS:\t  100 kB");

    assertThat(ProcStatus.bytes(status, "VmHWM")).isEqualTo(OptionalLong.of(123_456L * 1_024));
    assertThat(ProcStatus.bytes(status, "VmSwap")).isEmpty();
  }

  @Test
  void measuresFsync() throws IOException {
    LatencyHistogram times = Machine.fsync(folder, Duration.ofMillis(50));

    assertThat(times.count()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void readsDsn() {
    assertThat(Target.ofDsn("http://abc@127.0.0.1:7575/3"))
        .isEqualTo(new Target("127.0.0.1", 7575, "abc", "3"));
  }
}
