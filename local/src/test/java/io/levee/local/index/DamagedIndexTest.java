package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Positions;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds when files are damaged or half written. */
final class DamagedIndexTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

  @TempDir Path directory;

  private LuceneEventIndex open() {
    LuceneEventIndex index =
        new LuceneEventIndex(directory, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    return index;
  }

  /** Ten events on each of two days. */
  private List<EventRecord> twoDays() {
    List<EventRecord> records = new ArrayList<>();
    for (Event event : new EventGenerator(1, PROJECT, NOON).next(20)) {
      Duration later = Duration.ofDays(records.size() / 10);
      records.add(EventRecord.of(event.toBuilder().time(event.time().plus(later)).build()));
    }
    return records;
  }

  private void fill() {
    LuceneEventIndex index = open();
    index.apply(Deliveries.from(0, twoDays()));
    index.flush();
    index.close();
  }

  private static long stored(LuceneEventIndex index) {
    return index.count(ProjectScope.of(PROJECT), new Query.All(), RANGE).stored();
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> walk = Files.walk(directory.resolve("generation-1/2026-11-20"))) {
      return walk.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void movesDamagedSliceAsideAndStarts() throws IOException {
    for (String ending : List.of(".fdt", ".tim", ".si")) {
      SliceDirectories.remove(directory.resolve("generation-1"));
      SliceDirectories.remove(directory.resolve("quarantine"));
      fill();
      Path file = files(ending).getFirst();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

      LuceneEventIndex index = open();

      assertThat(stored(index)).as(ending).isEqualTo(10);
      assertThat(index.check())
          .isInstanceOfSatisfying(
              Health.Failing.class,
              failing -> assertThat(failing.reason()).contains("2026-11-20-1"));
      index.apply(Deliveries.from(0, twoDays()));
      index.flush();
      assertThat(stored(index)).as(ending).isEqualTo(20);
      index.close();
    }
  }

  @Test
  void movesSliceAsideThatLostItsCommit() throws IOException {
    fill();
    try (Stream<Path> walk = Files.walk(directory.resolve("generation-1/2026-11-20"))) {
      for (Path file :
          walk.filter(f -> f.getFileName().toString().startsWith("segments")).toList()) {
        Files.delete(file);
      }
    }

    LuceneEventIndex index = open();

    assertThat(stored(index)).isEqualTo(10);
    assertThat(index.check()).isInstanceOf(Health.Failing.class);
    index.close();
  }

  @Test
  void forgetsSliceThatWasNeverCommitted() throws IOException {
    fill();
    Path begun = Files.createDirectories(directory.resolve("generation-1/2026-11-25"));
    Files.write(begun.resolve("_0.fdt"), new byte[] {1, 2, 3});

    LuceneEventIndex index = open();

    assertThat(index.check()).isEqualTo(Health.ok());
    assertThat(index.days()).hasSize(2);
    index.close();
  }

  @Test
  void startsOverFromUnreadableCheckpoint() throws IOException {
    fill();
    Path checkpoint = directory.resolve("generation-1/checkpoint");
    byte[] whole = Files.readAllBytes(checkpoint);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(checkpoint, java.util.Arrays.copyOf(whole, length));

      assertThat(Checkpoint.read(checkpoint)).as("%d bytes", length).isNull();
    }
    whole[20] ^= 1;
    Files.write(checkpoint, whole);

    LuceneEventIndex index = open();

    assertThat(index.committed()).isEqualTo(Positions.START);
    index.apply(Deliveries.from(0, twoDays()));
    index.flush();
    assertThat(stored(index)).isEqualTo(20);
    assertThat(index.committed()).isEqualTo(new Positions(Map.of(0, 20L)));
    index.close();
  }

  @Test
  void removesRebuildThatWasNeverCompleted() throws IOException {
    fill();
    Files.createDirectories(directory.resolve("generation-2/2026-11-20"));

    LuceneEventIndex index = open();

    assertThat(directory.resolve("generation-2")).doesNotExist();
    assertThat(stored(index)).isEqualTo(20);
    index.close();
  }
}
