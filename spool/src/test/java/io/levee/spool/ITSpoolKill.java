package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that appends under load, again and again, and looks for everything it had said
 * yes to.
 */
final class ITSpoolKill {

  private static final int ROUNDS = Integer.getInteger("spool.kills", 10);

  @TempDir Path folder;

  @Test
  void everythingAcknowledgedIsThereOnceAfterEveryKill() throws Exception {
    SplittableRandom random = new SplittableRandom(20261121);
    Set<String> acked = new HashSet<>();
    try (Spool spool = Spool.open(folder, SpoolOptions.small(1L << 30))) {
      spool.reader("index").close(); // holds all records from now on
    }

    for (int life = 0; life < ROUNDS; life++) {
      int before = acked.size();
      loadAndKill(life, 200 + random.nextInt(2000), acked);
      assertThat(acked.size() - before).isGreaterThanOrEqualTo(200);

      Map<String, Integer> found = found();

      assertThat(found.values()).as("once each").containsOnly(1);
      for (String group : acked) {
        for (int i = 0; i < size(group); i++) {
          assertThat(found).containsKey(group + ":" + i);
        }
      }
      assertNoGroupIsTorn(found);
    }
  }

  private void loadAndKill(int life, int acks, Set<String> acked)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolUnderLoad.class.getName(),
                folder.toString(),
                String.valueOf(life))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
      for (int i = 0; i < acks; i++) {
        acked.add(line(lines));
      }
      process
          .toHandle()
          .destroyForcibly(); // SIGKILL; the process itself would close the stream, too
      String rest = lines.readLine();
      String next = lines.readLine();
      while (next != null) { // the last line may be cut, so it always stays one behind
        acked.add(rest);
        rest = next;
        next = lines.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    assertThat(line).as("the process lives").isNotNull();
    return String.valueOf(line);
  }

  private Map<String, Integer> found() {
    Map<String, Integer> found = new HashMap<>();
    try (Spool spool = Spool.open(folder, SpoolOptions.small(1L << 30));
        SpoolReader reader = spool.reader("index")) {
      List<SpoolRecord> records = reader.poll(1000, 1 << 20, Duration.ZERO);
      while (!records.isEmpty()) {
        for (SpoolRecord record : records) {
          String text = new String(record.bytes(), US_ASCII);
          found.merge(text.substring(0, text.indexOf(' ')), 1, Integer::sum);
        }
        records = reader.poll(1000, 1 << 20, Duration.ZERO);
      }
      assertThat(spool.stats().lost()).isZero();
    }
    return found;
  }

  private static int size(String group) {
    return 1 + Integer.parseInt(group.substring(group.lastIndexOf('-') + 1)) % 3;
  }

  private static void assertNoGroupIsTorn(Map<String, Integer> found) {
    for (String record : found.keySet()) {
      String group = record.substring(0, record.indexOf(':'));
      for (int i = 0; i < size(group); i++) {
        assertThat(found).containsKey(group + ":" + i);
      }
    }
  }
}
