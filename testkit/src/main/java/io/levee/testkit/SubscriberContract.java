package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.bus.Subscriber;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Subscriber} that keeps something does with events that were set aside. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class SubscriberContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final List<Delivery> deliveries =
      Deliveries.from(0, new EventGenerator(7, new ProjectId(1), NOON).records(6));
  private Subscriber subscriber;

  /** Opens the store: empty at first, later with what it held when it was closed. */
  protected abstract Subscriber open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  /** How many events of project 1 have had their effect on what is open. */
  protected abstract long effects();

  @BeforeEach
  void setUp() {
    subscriber = open();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  private static Positions at(long offset) {
    return new Positions(Map.of(0, offset));
  }

  private void reopen() {
    close();
    subscriber = open();
  }

  @Test
  void movesBehindWhatWasSetAside() {
    subscriber.apply(deliveries.subList(0, 3));
    subscriber.skip(deliveries.get(3));

    assertThat(subscriber.flush()).isEqualTo(at(4));

    reopen();
    assertThat(subscriber.committed()).isEqualTo(at(4));
    assertThat(effects()).isEqualTo(3);
  }

  @Test
  void takesInWhatWasSetAsideOnce() {
    subscriber.apply(deliveries.subList(0, 3));
    subscriber.skip(deliveries.get(3));
    subscriber.apply(deliveries.subList(4, 6));
    subscriber.flush();

    subscriber.replay(deliveries.get(3));
    subscriber.replay(deliveries.get(3));
    assertThat(subscriber.flush()).isEqualTo(at(6));
    assertThat(effects()).isEqualTo(6);

    reopen();
    subscriber.replay(deliveries.get(3));
    subscriber.flush();
    assertThat(subscriber.committed()).isEqualTo(at(6));
    assertThat(effects()).isEqualTo(6);
  }

  @Test
  void aStoreThatIsWellHasLostNothing() {
    subscriber.apply(deliveries.subList(0, 3));

    assertThat(subscriber.recover()).isNull();

    assertThat(subscriber.flush()).isEqualTo(at(3));
  }
}
