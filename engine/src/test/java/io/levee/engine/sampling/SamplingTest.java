package io.levee.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Event;
import io.levee.event.EventHeader;
import io.levee.event.EventRecord;
import io.levee.event.Kind;
import io.levee.event.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class SamplingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Flood flood = new Flood();

  @Test
  void keepsEverythingUpToTheThreshold() {
    flood.send(Flood.THRESHOLD);

    assertThat(flood.kept()).hasSize(Flood.THRESHOLD);
    assertThat(flood.dropped()).isZero();
  }

  @Test
  void beyondItKeepsOneASecondThatStandsForTheOthers() {
    for (int second = 0; second < 5; second++) {
      flood.send(1_000);
      flood.pass(SECOND);
    }
    flood.send(1);

    assertThat(flood.kept()).hasSize(Flood.THRESHOLD + 5);
    assertThat(flood.weight()).isEqualTo(5_001);
    assertThat(flood.kept().getLast().header().weight()).isEqualTo(1_000);
    assertThat(flood.kept().getLast().event().weight()).isEqualTo(1_000);
  }

  @Test
  void aNewWindowKeepsTheFirstAgain() {
    flood.send(1_000);
    flood.pass(Duration.ofMinutes(1));

    flood.send(5);

    assertThat(flood.kept()).hasSize(Flood.THRESHOLD + 5);
    assertThat(flood.weight()).isEqualTo(1_005);
  }

  @Test
  void keepsWhatBringsANewUserReleaseEnvironmentOrAddress() {
    flood.send(100);
    flood.send(flood.event(1, e -> e.user(Flood.user(1))));
    flood.send(flood.event(1, e -> e.user(Flood.user(1))));
    flood.send(flood.event(1, e -> e.release("1.1")));
    flood.send(flood.event(1, e -> e.release("1.1")));
    flood.send(flood.event(1, e -> e.environment("staging")));
    flood.send(flood.event(1, e -> e.environment("staging")));

    assertThat(flood.kept()).hasSize(Flood.THRESHOLD + 3);
    flood.sampling.close();
    assertThat(flood.weight()).isEqualTo(106);
  }

  @Test
  void aFloodOfNewUsersIsBounded() {
    for (int user = 0; user < 5_000; user++) {
      int number = user;
      flood.send(flood.event(1, e -> e.user(Flood.user(number))));
    }
    flood.sampling.close();

    assertThat(flood.kept()).hasSizeLessThan(Flood.THRESHOLD + 200 + 10);
    assertThat(flood.weight()).isEqualTo(5_000);
    assertThat(flood.bus.records().stream().map(r -> r.header().userKey()).distinct())
        .as("each user is named on the bus")
        .hasSize(5_000);
  }

  @Test
  void oneStandsOnlyForWhatIsAlike() {
    for (int i = 0; i < 300; i++) {
      flood.send(flood.event(1, e -> e.environment("production")));
      flood.send(flood.event(1, e -> e.environment("staging")));
      flood.send(flood.event(1, e -> e.level(Level.FATAL)));
      flood.send(flood.event(1, e -> e.time(Flood.NOON.minus(Duration.ofDays(3)))));
    }
    flood.sampling.close();

    assertThat(weight(h -> "production".equals(h.environment()))).isEqualTo(300);
    assertThat(weight(h -> "staging".equals(h.environment()))).isEqualTo(300);
    assertThat(weight(h -> h.level() == Level.FATAL)).isEqualTo(300);
    assertThat(weight(h -> h.time().isBefore(Flood.NOON))).isEqualTo(300);
  }

  private long weight(Predicate<EventHeader> wanted) {
    return flood.kept().stream()
        .map(EventRecord::header)
        .filter(wanted)
        .mapToLong(EventHeader::weight)
        .sum();
  }

  @Test
  void theFirstDroppedBringsItsBodyTheOthersAreSmall() {
    flood.send(Flood.THRESHOLD + 50);

    List<EventRecord> dropped =
        flood.bus.records().stream().filter(record -> record.header().sampledOut()).toList();
    assertThat(dropped.getFirst().body()).isNotEmpty();
    assertThat(dropped.stream().skip(1)).allMatch(record -> record.body().length == 0);
  }

  @Test
  void whenItIsQuietOneOfTheDroppedIsStored() {
    flood.send(1_000);
    flood.pass(SECOND);
    flood.sampling.sweep();
    assertThat(flood.weight()).isEqualTo(Flood.THRESHOLD);

    flood.pass(Duration.ofSeconds(2));
    flood.sampling.sweep();
    flood.sampling.sweep();

    EventRecord last = flood.kept().getLast();
    assertThat(flood.kept()).hasSize(Flood.THRESHOLD + 1);
    assertThat(last.header().promoted()).isTrue();
    assertThat(last.header().senderKey()).isEqualTo("a1b2c3d4");
    assertThat(last.event().weight()).isEqualTo(1_000 - Flood.THRESHOLD);
    assertThat(flood.weightAfterCrash()).isEqualTo(1_000);
  }

  @Test
  void aShutdownStoresWhatIsPending() {
    flood.send(100);

    flood.sampling.close();
    flood.sampling.close();

    assertThat(flood.weight()).isEqualTo(100);
  }

  @Test
  void whatCouldNotBeWrittenCountsNothing() {
    flood.send(50);
    try (Sampling.Round round = flood.sampling.begin()) {
      round.record(flood.event(1, e -> e), null);
    }
    flood.pass(SECOND);
    try (Sampling.Round round = flood.sampling.begin()) {
      assertThat(round.record(flood.event(1, e -> e), null).header().weight()).isEqualTo(41);
    }
    flood.pass(SECOND);
    flood.send(1);

    assertThat(flood.weight()).isEqualTo(51);
    assertThat(flood.weightAfterCrash()).isEqualTo(51);
  }

  @Test
  void aBusThatIsAwayIsTriedAgain() {
    flood.send(100);
    flood.pass(Duration.ofSeconds(5));
    flood.bus.breakDown(true);
    flood.sampling.sweep();
    flood.bus.breakDown(false);
    assertThat(flood.weight()).isEqualTo(Flood.THRESHOLD);

    flood.sampling.sweep();

    assertThat(flood.weight()).isEqualTo(100);
  }

  @Test
  void whatWasDroppedAndNeverBroughtItsBodyIsStoredWithItsHead() {
    flood.send(Flood.THRESHOLD);
    try (Sampling.Round round = flood.sampling.begin()) {
      round.record(flood.event(1, e -> e), null); // It would have brought the body.
      Event late = flood.event(1, e -> e.user(Flood.user(0)).release("9"));
      try (Sampling.Round other = flood.sampling.begin()) {
        EventRecord record = other.record(flood.event(1, e -> e.culprit("a.b")), "k");
        flood.bus.publish(List.of(record));
        other.durable();
      }
      flood.send(late);
    }

    flood.sampling.close();

    EventRecord head = flood.kept().getLast();
    assertThat(head.header().culprit()).isEqualTo("a.b");
    assertThat(head.event().marks()).isNotEmpty();
    assertThat(head.event().title()).isEqualTo("Boom");
    assertThat(flood.weight()).isEqualTo(Flood.THRESHOLD + 2);
  }

  @Test
  void oneKeptAtATimeTakesWeightAndWhatIsOnItsWayIsTakenByTheNext() {
    flood.send(Flood.THRESHOLD + 1);
    Sampling.Round onItsWay = flood.sampling.begin();
    EventRecord dropped = onItsWay.record(flood.event(1, e -> e), null);
    flood.send(3);
    flood.pass(SECOND);

    EventRecord kept = flood.send(flood.event(1, e -> e));
    flood.bus.publish(List.of(dropped));
    onItsWay.durable();
    flood.pass(SECOND);
    EventRecord next = flood.send(flood.event(1, e -> e));

    assertThat(kept.header().weight()).as("only what is settled in order").isEqualTo(2);
    assertThat(next.header().weight()).isEqualTo(1 + 1 + 3);
    assertThat(flood.weight()).isEqualTo(Flood.THRESHOLD + 7);
  }

  @Test
  void fingerprintsThatArePushedOutLoseNothing() {
    Flood small = new Flood(limits(4, 32L << 20));
    for (int round = 0; round < 5; round++) {
      for (int fingerprint = 0; fingerprint < 50; fingerprint++) {
        for (int i = 0; i < 30; i++) {
          int number = fingerprint;
          small.send(small.event(number, e -> e));
        }
      }
    }
    small.sampling.close();

    assertThat(small.weight()).isEqualTo(5 * 50 * 30);
    assertThat(small.sampling.bursts()).isLessThanOrEqualTo(8);
    assertThat(small.dropped()).isPositive();
  }

  @Test
  void withoutMemoryForBodiesEventsAreKeptWhole() {
    Flood poor = new Flood(limits(100, 0));

    poor.send(1_000);

    assertThat(poor.kept()).hasSize(1_000);
    assertThat(poor.dropped()).isZero();
  }

  private static SamplingLimits limits(int bursts, long heldBytes) {
    SamplingLimits usual = SamplingLimits.DEFAULT;
    return new SamplingLimits(
        usual.window(),
        usual.keepEvery(),
        usual.promoteAfter(),
        usual.newValuesMax(),
        usual.runsMax(),
        bursts,
        heldBytes);
  }

  @Test
  void letsGoOfTheBodiesOfWhatHasEnded() {
    flood.send(1_000);
    assertThat(flood.sampling.heldBytes()).isPositive();

    for (int second = 0; second < 130; second++) {
      flood.pass(SECOND);
      flood.sampling.sweep();
    }

    assertThat(flood.sampling.heldBytes()).isZero();
  }

  @Test
  void otherKindsAreNotSampled() {
    for (int i = 0; i < 500; i++) {
      flood.send(flood.event(1, e -> e.kind(Kind.LOG)));
    }

    assertThat(flood.kept()).hasSize(500);
  }

  @Test
  void anEnvelopeOfManyIsCountedWhole() {
    try (Sampling.Round round = flood.sampling.begin()) {
      List<EventRecord> records = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        records.add(round.record(flood.event(1, e -> e), null));
      }
      flood.bus.publish(records);
      round.durable();
      assertThat(round.sampledOut()).isEqualTo(490);
    }
    flood.sampling.close();

    assertThat(flood.weight()).isEqualTo(500);
  }
}
