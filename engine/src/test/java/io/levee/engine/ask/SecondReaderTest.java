package io.levee.engine.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SecondReaderTest {
  private static final ThreadFactory THREADS = Thread.ofPlatform().factory();

  private final AtomicInteger pieces = new AtomicInteger();
  private final AtomicInteger turnsGivenBack = new AtomicInteger();

  @Test
  void readsWhatThereIsWhileItHasAProcessor() {
    SecondReader reader =
        new SecondReader(
            () -> pieces.incrementAndGet() < 20, () -> 0, turnsGivenBack::incrementAndGet);

    reader.start(THREADS);
    reader.await(() -> {});

    assertThat(pieces).hasValue(20);
    assertThat(turnsGivenBack).hasValue(1);
    assertThat(reader.failure()).isNull();
  }

  @Test
  void leavesWhenOthersHaveTheProcessor() {
    AtomicLong hours = new AtomicLong();
    SecondReader reader =
        new SecondReader(
            () -> pieces.incrementAndGet() < 20,
            () -> hours.incrementAndGet() * 3_600_000_000_000L,
            turnsGivenBack::incrementAndGet);

    reader.start(THREADS);
    reader.await(() -> {});

    assertThat(pieces).hasValue(2);
    assertThat(turnsGivenBack).hasValue(1);
  }

  @Test
  void tellsWhatMadeItEnd() {
    SecondReader reader =
        new SecondReader(
            () -> {
              throw new IllegalStateException("no index");
            },
            () -> 0,
            turnsGivenBack::incrementAndGet);

    reader.start(THREADS);
    reader.await(() -> {});

    assertThat(reader.failure()).hasMessage("no index");
    assertThat(turnsGivenBack).hasValue(1);
  }

  @Test
  void tellsThatItHadNoRoomToGoOn() {
    SecondReader reader =
        new SecondReader(
            () -> {
              throw new StackOverflowError("too deep");
            },
            () -> 0,
            turnsGivenBack::incrementAndGet);

    reader.start(THREADS);
    reader.await(() -> {});

    assertThat(reader.failure()).hasMessageContaining("too deep");
    assertThat(turnsGivenBack).hasValue(1);
  }
}
