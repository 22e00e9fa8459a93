package io.levee.engine.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.run.Health;
import org.junit.jupiter.api.Test;

final class DiskFloorTest {
  private static final long GIB = 1L << 30;

  private long free = 500 * GIB;
  private long total = 1_000 * GIB;

  private DiskFloor floor(long bytes) {
    return new DiskFloor(bytes, () -> new DiskFloor.Room(free, total));
  }

  @Test
  void isTheLargerOfAGibibyteAndFivePercent() {
    DiskFloor floor = floor(0);
    floor.look();
    assertThat(floor.floorBytes()).isEqualTo(50 * GIB);

    total = 10 * GIB;
    floor.look();
    assertThat(floor.floorBytes()).isEqualTo(GIB);
  }

  @Test
  void closesAtTheFloorBeforeTheDiskIsFull() {
    DiskFloor floor = floor(10 * GIB);
    assertThat(floor.look()).isEqualTo(DiskFloor.Change.NONE);
    assertThat(floor.refusal()).isNull();

    free = 10 * GIB;
    assertThat(floor.look()).isEqualTo(DiskFloor.Change.CLOSED);

    assertThat(floor.refusal()).isNotNull().extracting(no -> no.reason()).isEqualTo("disk full");
    assertThat(floor.check()).isInstanceOf(Health.Failing.class);
    assertThat(floor.refusals()).isEqualTo(1);
  }

  @Test
  void opensByItselfWithAFifthToSpare() {
    DiskFloor floor = floor(10 * GIB);
    free = 9 * GIB;
    floor.look();

    free = 12 * GIB;
    assertThat(floor.look()).isEqualTo(DiskFloor.Change.NONE);
    assertThat(floor.refusal()).isNotNull();

    free = 12 * GIB + 1;
    assertThat(floor.look()).isEqualTo(DiskFloor.Change.OPENED);
    assertThat(floor.refusal()).isNull();
    assertThat(floor.check()).isEqualTo(Health.ok());
  }
}
