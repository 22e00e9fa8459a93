package io.levee.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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

  @Test
  void sharesOneForceAmongAllWhoWaited() throws InterruptedException {
    GatedStorage gated = new GatedStorage(new FaultyStorage());
    try (Spool spool = Spool.open(gated, SpoolOptions.defaults())) {
      spool.append(bytes("first"));
      gated.shut();
      Set<Long> offsets = ConcurrentHashMap.newKeySet();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 1001; i++) {
        callers.add(Thread.ofVirtual().start(() -> offsets.add(spool.append(bytes("together")))));
      }
      long all = 1001L * (RecordCodec.HEADER_BYTES + 8);
      await().until(() -> spool.stats().queuedBytes() == all);
      assertThat(offsets).as("nobody is told yes before the force").isEmpty();
      assertThat(spool.durableOffset()).isEqualTo(1);

      gated.open();

      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(offsets).hasSize(1001);
      assertThat(spool.stats().batches())
          .as("first, those that came while it was forced")
          .isLessThanOrEqualTo(4);
      assertThat(spool.stats().forces()).isEqualTo(spool.stats().batches());
      assertThat(spool.stats().records()).isEqualTo(1002);
    }
  }

  @Test
  void refusesAtOnceOverTheLimitOfTheQueue() throws InterruptedException {
    GatedStorage gated = new GatedStorage(new FaultyStorage());
    SpoolOptions options = SpoolOptions.defaults().withBatch(1000, 2000).withQueueBytesMax(2000);
    try (Spool spool = Spool.open(gated, options)) {
      gated.shut();
      Thread slow = Thread.ofVirtual().start(() -> spool.append(new byte[900]));
      await().until(() -> spool.stats().queuedBytes() == 940);
      Thread queued = Thread.ofVirtual().start(() -> spool.append(new byte[900]));
      await().until(() -> spool.stats().queuedBytes() == 1880);

      assertThatThrownBy(() -> spool.append(new byte[900]))
          .isInstanceOf(SpoolException.OverCapacity.class)
          .hasMessage("queued bytes: 1880 + 940 (expected: <= 2000)");
      assertThat(spool.stats().refused()).isEqualTo(1);

      gated.open();
      slow.join();
      queued.join();
      assertThat(spool.append(new byte[900])).isEqualTo(2);
      assertThat(spool.stats().queuedBytes()).isZero();
    }
  }

  @Test
  void refusesOverTheLimitOfTheDisk() {
    SpoolOptions options =
        SpoolOptions.defaults()
            .withBatch(1000, 2000)
            .withSegmentBytesMax(2000)
            .withDiskBytesMax(3000);
    try (Spool spool = Spool.open(new FaultyStorage(), options);
        SpoolReader reader = spool.reader("index")) {
      spool.append(new byte[1000]);
      spool.append(new byte[900]);
      assertThatThrownBy(() -> spool.append(new byte[1000]))
          .isInstanceOf(SpoolException.OverCapacity.class)
          .hasMessageContaining("disk bytes");

      reader.commit(2);
      reader.flush();

      assertThat(spool.append(new byte[1000])).isEqualTo(2);
    }
  }

  @Test
  void refusesWhatIsTooLargeOrEmpty() {
    SpoolOptions options = SpoolOptions.defaults().withBatch(1000, 2000);
    try (Spool spool = Spool.open(new FaultyStorage(), options)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> spool.append(new byte[1001]))
          .withMessage("record bytes: 1001 (expected: <= 1000)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> spool.append(Collections.nCopies(2, ByteBuffer.allocate(1000))))
          .withMessage("append bytes with headers: 2080 (expected: <= 2000)");
      assertThatIllegalArgumentException().isThrownBy(() -> spool.append(List.of()));
      assertThat(spool.append(new byte[0])).isZero();
    }
  }

  @Test
  void leavesTheBuffersAsTheyAre() {
    ByteBuffer direct = ByteBuffer.allocateDirect(600_000);
    for (int i = 0; i < direct.capacity(); i++) {
      direct.put(i, (byte) (i * 31));
    }
    direct.position(100).limit(500_100);
    try (Spool spool = Spool.open(new FaultyStorage(), SpoolOptions.defaults());
        SpoolReader reader = spool.reader("index")) {
      spool.append(List.of(direct, direct.asReadOnlyBuffer()));

      assertThat(direct.position()).isEqualTo(100);
      List<SpoolRecord> records = reader.poll(10, 10 << 20, Duration.ZERO);
      assertThat(records).hasSize(2);
      assertThat(records.get(0).payload()).isEqualTo(direct);
      assertThat(records.get(1).payload()).isEqualTo(direct);
    }
  }

  @Test
  void barrierWaitsForWhatIsQueued() throws InterruptedException {
    GatedStorage gated = new GatedStorage(new FaultyStorage());
    try (Spool spool = Spool.open(gated, SpoolOptions.defaults())) {
      spool.barrier();
      gated.shut();
      Thread original = Thread.ofVirtual().start(() -> spool.append(bytes("original")));
      await().until(() -> spool.stats().queuedBytes() > 0);
      AtomicLong seen = new AtomicLong(-1);
      Thread duplicate =
          Thread.ofVirtual()
              .start(() -> {
                spool.barrier();
                seen.set(spool.durableOffset());
              });

      gated.open();
      duplicate.join();
      original.join();
      assertThat(seen).hasValue(1);
    }
  }

  @Test
  void anInterruptDoesNotTakeARecordBack() {
    try (Spool spool = Spool.open(new FaultyStorage(), SpoolOptions.defaults())) {
      Thread.currentThread().interrupt();

      assertThat(spool.append(bytes("a"))).isZero();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(spool.durableOffset()).isEqualTo(1);
    }
  }

  @Test
  void settlesEveryAppendWhenClosedUnderLoad() throws InterruptedException {
    Spool spool = Spool.open(folder, SpoolOptions.defaults());
    AtomicLong accepted = new AtomicLong();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    spool.append(bytes("load"));
                    accepted.incrementAndGet();
                  }
                } catch (SpoolException.Closed end) {
                  assertThat(spool.state()).isEqualTo(Spool.State.CLOSED);
                }
              }));
    }
    await().until(() -> accepted.get() > 400);

    spool.close();

    for (Thread caller : callers) {
      caller.join();
    }
    try (Spool again = Spool.open(folder, SpoolOptions.defaults())) {
      assertThat(again.durableOffset()).isEqualTo(accepted.get());
    }
  }
}
