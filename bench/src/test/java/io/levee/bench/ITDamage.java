package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The short form of {@code levee bench proof-damage}. */
final class ITDamage {
  private static final long SEED = 20261122;

  @TempDir private Path folder;

  @Test
  void damageIsHarmlessOrNamedAndMended() throws IOException, InterruptedException {
    StringWriter said = new StringWriter();
    DamageProof proof = new DamageProof();
    new CommandLine(proof).parseArgs("--damages", "8");

    boolean good =
        proof.run(
            new Bench.Stage(new Report(new PrintWriter(said)), new BenchOptions(), folder, SEED));

    assertThat(good).as(said.toString()).isTrue();
  }
}
