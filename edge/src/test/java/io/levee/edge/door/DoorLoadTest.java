package io.levee.edge.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class DoorLoadTest {
  private final DoorLoad load = new DoorLoad(64);

  private int floods(String sender, int calls) {
    int entered = 0;
    for (int i = 0; i < calls; i++) {
      entered += load.enter(sender) ? 1 : 0;
    }
    return entered;
  }

  @Test
  void oneSenderMayFillIt() {
    assertThat(floods("a", 1_000)).isEqualTo(64);
    assertThat(load.refusals()).isEqualTo(936);
  }

  @Test
  void whoHasFewWaitingGetsInThough() {
    floods("a", 1_000);

    assertThat(floods("b", 10)).isEqualTo(2);
    assertThat(floods("c", 10)).isEqualTo(2);
    assertThat(floods("a", 10)).isZero();
  }

  @Test
  void twiceAsManyIsTheEndForEverybody() {
    for (int i = 0; i < 1_000; i++) {
      load.enter("sender " + i);
    }

    assertThat(load.waiting()).isEqualTo(128);
  }

  @Test
  void countsNobodyWhoHasBegunOrWasTurnedAway() {
    Random random = new Random(20261122);
    for (int i = 0; i < 10_000; i++) {
      String sender = "sender " + random.nextInt(5);
      if (load.enter(sender) && random.nextBoolean()) {
        load.begin(sender);
      }
    }
    int waiting = load.waiting();

    for (int sender = 0; sender < 5; sender++) {
      while (load.waiting(("sender " + sender)) > 0) {
        load.begin("sender " + sender);
        waiting--;
      }
    }

    assertThat(waiting).isZero();
    assertThat(load.waiting()).isZero();
  }

  @Test
  void refusesABoundOfNothing() {
    assertThatThrownBy(() -> new DoorLoad(0)).hasMessageContaining("waitingMax: 0");
  }
}
