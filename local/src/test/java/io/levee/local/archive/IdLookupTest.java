package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.registry.ProjectScope;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import io.levee.testkit.ManualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Events of an object whose id table is several times what is read of it at once. */
final class IdLookupTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final int EVENTS = 4 * IdTable.WINDOW;
  private static final int SOME = 200;

  private final List<EventRecord> records = new EventGenerator(7, SHOP, NOON).records(EVENTS);
  private final FaultyStorage disk = new FaultyStorage();

  private FileArchive open() {
    FileArchive archive = new FileArchive(disk, ArchiveOptions.DEFAULT, new ManualClock(NOON));
    archive.start();
    return archive;
  }

  private FileArchive written() {
    FileArchive archive = open();
    archive.apply(Deliveries.from(0, records));
    archive.flush();
    return archive;
  }

  @Test
  void findsEachAndNoOther() {
    FileArchive archive = written();

    for (EventRecord record : records.subList(0, SOME)) {
      assertThat(archive.find(ProjectScope.of(SHOP), record.header().id())).isPresent();
    }
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < EVENTS; i++) {
      EventId other = new EventId(random.nextLong(), random.nextLong());
      assertThat(archive.find(ProjectScope.of(SHOP), other)).isEmpty();
    }
  }

  @Test
  void keepsEachOnceWhenItComesAgain() {
    written().close();
    FileArchive archive = open();

    archive.apply(Deliveries.from(EVENTS, records.subList(0, SOME)));
    archive.flush();

    List<EventId> stored = new ArrayList<>();
    archive.scan(LocalDate.parse("2026-11-16"), one -> stored.add(one.event().id()));
    archive.scan(LocalDate.parse("2026-11-15"), one -> stored.add(one.event().id()));
    assertThat(stored).doesNotHaveDuplicates().hasSize(EVENTS);
  }

  @Test
  void partOfTableSaysWhetherHashesMayLieOutsideIt() {
    IdTable part = IdTable.of(new long[] {-40L >>> 20, 3, 5, 9});

    assertThat(part.ordinals(5)).containsExactly(2);
    assertThat(part.beginsBehind(5)).isFalse();
    assertThat(part.endsBefore(5)).isFalse();
    assertThat(part.endsBefore(9)).isTrue();
    assertThat(part.endsBefore(10)).isTrue();
    assertThat(part.beginsBehind(-40L >>> 20)).isTrue();
  }
}
