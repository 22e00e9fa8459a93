package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.levee.spool.FaultyStorage.Fault;
import io.levee.spool.FaultyStorage.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FaultyStorageTest {

  private final FaultyStorage storage = new FaultyStorage();

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private Storage.Sink create(String name) throws IOException {
    Storage.Sink sink = storage.create(name);
    storage.forceFolder("");
    return sink;
  }

  @Test
  void losesWhatWasNotForced() throws IOException {
    Storage.Sink sink = create("a");
    sink.write(bytes(1, 2));
    sink.force();
    sink.write(bytes(3));

    assertThat(storage.content("a")).containsExactly(1, 2, 3);
    assertThat(storage.afterPowerCut(Loss.EVERYTHING, 1).content("a")).containsExactly(1, 2);
    assertThat(storage.afterPowerCut(Loss.NOTHING, 1).content("a")).containsExactly(1, 2, 3);
    assertThat(storage.afterKill().content("a")).containsExactly(1, 2, 3);
    assertThat(storage.afterKill().afterPowerCut(Loss.EVERYTHING, 1).content("a"))
        .containsExactly(1, 2);
  }

  @Test
  void losesEntriesOfFoldersThatWereNotForced() throws IOException {
    create("a").close();
    storage.rename("a", "b");
    storage.create("c").close();

    assertThat(storage.files()).containsExactly("b", "c");
    assertThat(storage.afterPowerCut(Loss.EVERYTHING, 1).files()).containsExactly("a");
    assertThat(storage.afterPowerCut(Loss.NOTHING, 1).files()).containsExactly("b", "c");
  }

  @Test
  void keepsWhatWasNotForcedInEveryStateThereIs() throws IOException {
    Storage.Sink sink = create("a");
    sink.write(bytes(1, 2, 3, 4));

    Set<Integer> lengths = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      lengths.add(storage.afterPowerCut(Loss.RANDOM, seed).content("a").length);
    }

    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void scattersSectorsOfALargeWrite() throws IOException {
    Storage.Sink sink = create("a");
    byte[] ones = new byte[512];
    java.util.Arrays.fill(ones, (byte) 1);
    sink.write(ByteBuffer.wrap(ones));

    boolean hole = false;
    for (long seed = 0; seed < 200 && !hole; seed++) {
      byte[] left = storage.afterPowerCut(Loss.RANDOM, seed).content("a");
      hole = left.length > 64 && left[0] == 0 && left[left.length - 1] == 1;
    }

    assertThat(hole).as("a later sector there without an earlier one").isTrue();
  }

  @Test
  void neverSavesBytesWhoseForceFailed() throws IOException {
    Storage.Sink sink = create("a");
    sink.write(bytes(1));
    storage.failAt(storage.operations() + 1, Fault.IO_ERROR);

    assertThatIOException().isThrownBy(sink::force);
    assertThatIllegalStateException().isThrownBy(sink::force);
    Storage.Sink other = storage.append("a");
    other.force();

    assertThat(storage.content("a")).containsExactly(1);
    assertThat(storage.afterPowerCut(Loss.EVERYTHING, 1).content("a")).isEmpty();
  }

  @Test
  void failsHalfWayWhenTheDiskIsFull() throws IOException {
    Storage.Sink sink = create("a");
    storage.failAt(storage.operations() + 1, Fault.DISK_FULL);

    assertThatIOException()
        .isThrownBy(() -> sink.write(bytes(1, 2, 3, 4)))
        .withMessageContaining("No space");
    assertThat(storage.content("a")).containsExactly(1, 2);
  }

  @Test
  void takesLessThanAskedInAShortWrite() throws IOException {
    Storage.Sink sink = create("a");
    storage.failAt(storage.operations() + 1, Fault.SHORT_WRITE);
    ByteBuffer three = bytes(1, 2, 3);

    assertThat(sink.write(three)).isEqualTo(1);
    assertThat(sink.write(three)).isEqualTo(2);
    assertThat(storage.content("a")).containsExactly(1, 2, 3);
  }

  @Test
  void failsEverythingAfterTheCut() throws IOException {
    Storage.Sink sink = create("a");
    storage.cutAt(storage.operations() + 1);

    assertThatIOException().isThrownBy(() -> sink.write(bytes(1)));
    assertThatIOException().isThrownBy(sink::force);
    assertThatIOException().isThrownBy(() -> storage.create("b"));
  }

  @Test
  void liesWhenAskedTo() throws IOException {
    Storage.Sink sink = create("a");
    storage.ignoreForce();
    sink.write(bytes(1));
    sink.force();

    assertThat(storage.afterPowerCut(Loss.EVERYTHING, 1).content("a")).isEmpty();
  }
}
