package io.levee.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.spool.SpoolOptions;
import io.levee.testkit.EventGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A disk on which nothing can be made durable for a while. */
final class ReadOnlyBusTest {
  private final FaultyStorage storage = new FaultyStorage();
  private final SpoolEventBus bus =
      new SpoolEventBus(storage, SpoolOptions.defaults().withMendDelay(Duration.ofMillis(20)));
  private final List<EventRecord> records =
      new EventGenerator(7, new ProjectId(1), Instant.EPOCH).records(3);

  @Test
  void isSaidToBeReadOnlyTurnsAwayAndComesBackByItself() {
    bus.start();
    try (bus) {
      bus.publish(records.subList(0, 1));
      for (int i = 1; i <= 20; i++) {
        storage.failAt(storage.operations() + i, FaultyStorage.Fault.IO_ERROR);
      }

      assertThatThrownBy(() -> bus.publish(records.subList(1, 2)))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(() -> bus.publish(records.subList(1, 2)))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(bus.refusal()).isNotNull().extracting(no -> no.reason()).isEqualTo("read only");
      assertThat(bus.check())
          .isInstanceOfSatisfying(
              Health.Failing.class,
              failing -> assertThat(failing.reason()).contains("read-only", "tried again"));

      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (bus.refusal() != null) {
        assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
        Thread.onSpinWait();
      }
      bus.publish(records.subList(2, 3));
      assertThat(bus.check()).isEqualTo(Health.ok());
      assertThat(bus.end().next()).isEqualTo(Map.of(0, 2L));
    }
  }
}
