package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/**
 * The short form of the two proofs about floods: that nothing is lost, miscounted or broken by one.
 * Of speed a cold server on a busy machine says nothing; {@code make proof} runs the long form.
 */
@Isolated // It loads the machine, and judges answers that may take only so long.
final class ITFloods {
  private static final long SEED = 20261122;

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();

  private Bench.Stage stage() {
    BenchOptions options = new BenchOptions();
    // A server of seconds: over before C2 would pay.
    new CommandLine(options)
        .parseArgs("--connections", "32", "--java-opts", "-XX:TieredStopAtLevel=1");
    return new Bench.Stage(new Report(new PrintWriter(said)), options, folder, SEED);
  }

  @Test
  void everyRequestOfAnOverloadIsAnsweredAndCountedOnce() throws IOException, InterruptedException {
    OverloadProof proof = new OverloadProof();
    new CommandLine(proof)
        .parseArgs(
            "--seconds", "3",
            "--warm-up-seconds", "1",
            "--capacity-seconds", "1",
            "--overload-connections", "600");

    OverloadProof.Result result = proof.measure(stage());

    assertThat(result.exact()).as(said.toString()).isTrue();
    assertThat(result.memoryHeld()).as(said.toString()).isTrue();
    assertThat(result.overload().accepted()).as(said.toString()).isPositive();
  }

  @Test
  void aFloodOfOneProjectDisturbsNoOther() throws IOException, InterruptedException {
    NeighbourProof proof = new NeighbourProof();
    new CommandLine(proof)
        .parseArgs(
            "--seconds",
            "3",
            "--warm-up-seconds",
            "0",
            "--budget",
            "1",
            "--loud-rate",
            "500",
            "--rate",
            "20");

    NeighbourProof.Result result = proof.measure(stage());

    assertThat(result.beside().load().bad()).as(said.toString()).isZero();
    assertThat(result.beside().notFound()).as(said.toString()).isZero();
    assertThat(result.loud().errors()).as(said.toString()).isZero();
    assertThat(result.loud().accepted()).as(said.toString()).isLessThan(100);
  }
}
