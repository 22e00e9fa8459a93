package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.app.EmbeddedLevee;
import io.levee.bench.hostile.Attack;
import io.levee.bench.hostile.Bombs;
import io.levee.bench.hostile.JsonCases;
import io.levee.bench.hostile.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the proofs that need a whole Levee; {@code make proof} runs the long one. */
final class ITProofs {
  private static final long SEED = 20261122;
  private static final int MUTATIONS = 200;
  private static final long BOMB_BYTES = 64L << 20;

  @TempDir private Path folder;

  private static int send(EmbeddedLevee levee, Door door, String name, byte[] body)
      throws IOException {
    return door.send(Target.ofDsn(levee.dsn()), new Attack(name, "", body));
  }

  @Test
  void nothingHostileIsAnsweredWithAnErrorOfOurs() throws IOException {
    try (EmbeddedLevee levee = EmbeddedLevee.start(folder)) {
      Target target = Target.ofDsn(levee.dsn());
      for (Door door : Door.values()) {
        for (Attack bomb : Bombs.all(BOMB_BYTES)) {
          assertThat(door.send(target, bomb)).as("%s %s", door, bomb).isLessThan(500);
        }
        Mutations mutations = new Mutations(SEED, door.sound());
        for (int i = 0; i < MUTATIONS; i++) {
          assertThat(send(levee, door, "mutation", mutations.next()))
              .as("%s, mutation %d", door, i)
              .isLessThan(500);
        }
      }
    }
  }

  @Test
  void validJsonIsTakenAndInvalidRefused() throws IOException {
    try (EmbeddedLevee levee = EmbeddedLevee.start(folder)) {
      for (String text : JsonCases.valid()) {
        assertThat(send(levee, Door.API, "valid", event(text.replaceAll("[\r\n]", " "))))
            .as(text)
            .isEqualTo(200);
      }
      for (String text : JsonCases.invalid()) {
        assertThat(send(levee, Door.API, "invalid", event(text))).as(text).isBetween(400, 499);
      }
    }
  }

  private static byte[] event(String value) {
    String text = "{\"title\":\"case\",\"extra\":{\"value\":" + value + "}}";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
