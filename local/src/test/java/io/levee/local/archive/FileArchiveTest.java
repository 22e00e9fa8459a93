package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.levee.engine.archive.ContentDigest;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.Erasing;
import io.levee.engine.index.ErasingStore;
import io.levee.engine.query.Query;
import io.levee.engine.run.BackendException;
import io.levee.event.EventRecord;
import io.levee.spool.FileStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventArchiveContract;
import io.levee.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileArchiveTest extends EventArchiveContract {
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final ArchiveOptions OPTIONS =
      new ArchiveOptions(16 << 10, 3, 1 << 20, 256 << 10, 4 << 10, 4 << 20);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T08:00:00Z"));

  @TempDir private Path folder;

  @Override
  protected EventArchive open() {
    return new FileArchive(new FileStorage(folder), OPTIONS, clock);
  }

  private List<Path> objects() {
    try (Stream<Path> files = Files.list(folder.resolve("generation-0000000001"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void objectIsPlainNdjsonForZstd() throws IOException {
    List<EventRecord> records = records(1, SHOP, NOON, 50);
    apply(records);
    archive().flush();

    String text;
    try (InputStream in =
        new ZstdInputStream(Files.newInputStream(objects().getFirst())).setContinuous(true)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(text.lines().toList()).containsExactlyElementsOf(bodies(records));
    assertThat(objects().getFirst().getFileName())
        .hasToString("0000000000000000001-2026-11-20-p0.0.50.ndjson.zst");
  }

  @Test
  void flushesByItselfWhenTooMuchIsPending() {
    List<EventRecord> records = records(1, SHOP, NOON, 4000);
    for (int from = 0; from < records.size(); from += 500) {
      apply(records.subList(from, from + 500));
    }

    assertThat(archive().committed().offset(0)).isPositive().isLessThan(4000);
    assertThat(archive().flush().offset(0)).isEqualTo(4000);
    assertThat(scan(archive(), MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
  }

  @Test
  void boundsOpenBlocksOfManyProjects() {
    List<EventRecord> records = new ArrayList<>();
    for (int project = 1; project <= 200; project++) {
      records.addAll(records(project, new io.levee.event.ProjectId(project), NOON, 5));
    }
    apply(records);
    archive().flush();

    assertThat(scan(archive(), MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
    assertThat(archive().digests(MONDAY)).hasSize(200);
  }

  @Test
  void joinsSmallObjects() {
    List<EventRecord> records = new ArrayList<>(records(1, SHOP, NOON, 200));
    for (int i = 0; i < 200; i++) {
      apply(records.subList(i, i + 1));
      if (i % 7 == 6) {
        records.set(i - 3, changed(records.get(i - 3)));
        apply(List.of(records.get(i - 3)));
      }
      archive().flush();
    }

    for (int starts = 0; starts < 2; starts++) {
      assertThat(objects()).hasSizeLessThan(30);
      assertThat(scan(archive(), MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
      assertThat(archive().digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(records)));
      assertThat(archive().committed().offset(0)).isEqualTo(228);
      reopen();
    }
  }

  @Test
  void refusesSecondProcess() {
    EventArchive second = open();

    assertThatThrownBy(second::start)
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("in use");
  }

  @Test
  void refusesLineEndInEventAndTakesNothingOfTheBatch() {
    List<EventRecord> records = records(1, SHOP, NOON, 2);
    EventRecord broken = new EventRecord(records.get(1).header(), new byte[] {'{', '\n', '}'});

    assertThatThrownBy(
            () -> archive().apply(Deliveries.from(0, List.of(records.getFirst(), broken))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(archive().flush()).isEqualTo(Positions.START);
    assertThat(archive().days()).isEmpty();
  }

  @Test
  void onlyGenerationCountsWhenCurrentIsUnreadable() throws IOException {
    apply(records(1, SHOP, NOON, 2));
    archive().flush();
    archive().close();
    Path current = folder.resolve("CURRENT");
    String good = Files.readString(current);

    Files.writeString(current, good.replace("0001 ", "0002 "));
    reopen();
    assertThat(scan(archive(), MONDAY)).hasSize(2);
    assertThat(folder.resolve("CURRENT.damaged")).hasContent(good.replace("0001 ", "0002 "));
    archive().close();
    Files.delete(current);
    reopen();
    assertThat(scan(archive(), MONDAY)).hasSize(2);
    assertThat(current).hasContent(good);
  }

  @Test
  void unreadableCurrentStopsTheStartWhenTwoGenerationsHaveObjects() throws IOException {
    apply(records(1, SHOP, NOON, 2));
    archive().flush();
    archive().close();
    Path second = Files.createDirectories(folder.resolve("generation-0000000002"));
    Files.writeString(second.resolve("0000000000000000001.tmp"), "begun");
    Files.writeString(folder.resolve("CURRENT"), "");

    assertThatThrownBy(open()::start)
        .isInstanceOf(BackendException.Corrupt.class)
        .hasMessageContaining("two generations");
  }

  @Test
  void erasesEventsWithEveryByteAndKeepsItsBooks() throws IOException {
    List<EventRecord> records = new ArrayList<>(records(1, SHOP, NOON, 60));
    apply(records.subList(0, 40));
    archive().flush();
    records.set(3, changed(records.get(3))); // The earlier one lies in the first object, replaced.
    apply(records.subList(3, 4));
    apply(records.subList(40, 60));
    archive().flush();
    String gone = records.get(3).header().id().toString();
    Erasing which =
        new Erasing(SHOP, new Query.Term("id", gone), Instant.parse("2099-01-01T00:00:00Z"));
    Positions before = archive().committed();

    assertThat(((ErasingStore) archive()).erase(which)).isEqualTo(1);
    assertThat(((ErasingStore) archive()).erase(which)).as("again").isZero();

    records.remove(3);
    for (int starts = 0; starts < 2; starts++) {
      assertThat(scan(archive(), MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
      ContentDigest sum =
          records.stream()
              .map(record -> ContentDigest.of(record.body()))
              .reduce(ContentDigest.EMPTY, ContentDigest::plus);
      assertThat(archive().digests(MONDAY)).isEqualTo(Map.of(SHOP, sum));
      assertThat(archive().committed()).isEqualTo(before);
      reopen();
    }
    for (Path object : objects()) {
      try (InputStream in = new ZstdInputStream(Files.newInputStream(object)).setContinuous(true)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain(gone);
      }
    }
  }
}
