package io.levee.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.BusConsumer;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.run.Finding;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.spool.SpoolOptions;
import io.levee.testkit.EventGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bus of which a part can't be read: the rest flows on, and it is told. */
final class DamagedBusTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final List<EventRecord> records =
      new EventGenerator(1, new ProjectId(1), NOON).records(4);

  /** One event, then three in one request of which the second can't be read, then nothing. */
  private FaultyStorage damaged() {
    FaultyStorage disk = new FaultyStorage();
    SpoolEventBus bus = new SpoolEventBus(disk, SpoolOptions.defaults());
    bus.start();
    bus.publish(records.subList(0, 1));
    bus.publish(records.subList(1, 4));
    bus.close();
    String segment =
        disk.files().stream().filter(file -> file.endsWith(".seg")).toList().getFirst();
    byte[] content = disk.content(segment);
    int one = records.getFirst().encode().length;
    content[one + records.get(1).encode().length + one / 2] ^= 1;
    disk.put(segment, content);
    return disk;
  }

  @Test
  void aGroupIsNotHeldUpByWhatIsLostAtTheEnd() throws InterruptedException {
    SpoolEventBus bus = new SpoolEventBus(damaged(), SpoolOptions.defaults());
    bus.start();
    Positions dealtWith = Positions.START;
    try (BusConsumer consumer = bus.subscribe("index", Positions.START)) {
      List<Delivery> batch = consumer.poll(10, 1 << 20, Duration.ZERO);
      while (!batch.isEmpty()) {
        dealtWith = dealtWith.after(batch);
        batch = consumer.poll(10, 1 << 20, Duration.ZERO);
      }

      assertThat(consumer.passed(dealtWith).reached(bus.end())).isTrue();
      assertThat(bus.damage())
          .isNotEmpty()
          .allSatisfy(found -> assertThat(found.what()).contains("bus/quarantine"));
      assertThat(bus.damage()).extracting(Finding::open).contains(true);
    } finally {
      bus.close();
    }
  }
}
