package io.levee.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> drain(SpoolReader reader) {
    List<String> texts = new ArrayList<>();
    while (true) {
      List<SpoolRecord> records = reader.poll(100, 1 << 20, Duration.ZERO);
      if (records.isEmpty()) {
        return texts;
      }
      records.forEach(
          record -> texts.add(record.offset() + "=" + new String(record.bytes(), UTF_8)));
    }
  }

  @Test
  void givesBackWhatWasAppendedInOrder() {
    try (Spool spool = Spool.open(folder, SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      assertThat(spool.append(bytes("a"))).isZero();
      assertThat(spool.append(List.of(ByteBuffer.wrap(bytes("b")), ByteBuffer.wrap(bytes("c")))))
          .isEqualTo(1);

      assertThat(drain(reader)).containsExactly("0=a", "1=b", "2=c");
    }
  }

  @Test
  void findsEverythingAgainAfterReopening() {
    try (Spool spool = Spool.open(folder, SpoolOptions.defaults())) {
      spool.append(bytes("a"));
    }

    try (Spool spool = Spool.open(folder, SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      assertThat(spool.append(bytes("b"))).isEqualTo(1);

      assertThat(drain(reader)).containsExactly("0=a", "1=b");
      assertThat(spool.stats().quarantined()).isZero();
      assertThat(spool.stats().keeperFailures()).isZero();
    }
  }

  @Test
  void refusesASecondOpen() {
    try (Spool spool = Spool.open(folder, SpoolOptions.defaults())) {
      assertThat(spool.state()).isEqualTo(Spool.State.OPEN);
      assertThatThrownBy(() -> Spool.open(folder, SpoolOptions.defaults()))
          .isInstanceOf(SpoolException.AlreadyOpen.class)
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void refusesAfterClose() {
    Spool spool = Spool.open(folder, SpoolOptions.defaults());
    spool.close();
    spool.close();

    assertThat(spool.state()).isEqualTo(Spool.State.CLOSED);
    assertThatThrownBy(() -> spool.append(bytes("late"))).isInstanceOf(SpoolException.Closed.class);
    assertThatThrownBy(spool::barrier).isInstanceOf(SpoolException.Closed.class);
  }
}
