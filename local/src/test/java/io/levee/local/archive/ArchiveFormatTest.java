package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.bus.Positions;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An archive that version 1 wrote can be read for ever. */
final class ArchiveFormatTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId MAIL = new ProjectId(2);
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final String FOLDER = "/archive-format-1/";
  private static final List<String> FILES =
      List.of(
          "CURRENT",
          "generation-0000000001/0000000000000000001-2026-11-16-p0.0.3.ndjson.zst",
          "generation-0000000001/0000000000000000002-2026-11-16-p0.3.5.ndjson.zst");

  private static EventRecord record(ProjectId project, int number, String title) {
    return EventRecord.of(
        Event.builder(new EventId(number, 7), project)
            .time(NOON.plusSeconds(number))
            .received(NOON.plusSeconds(number))
            .title(title)
            .fingerprint(new Fingerprint(1, number, 1))
            .build());
  }

  /** Writes what lies in the fixture; run once, when a new version begins. */
  static FaultyStorage write() {
    FaultyStorage disk = new FaultyStorage();
    FileArchive archive = open(disk);
    archive.apply(
        Deliveries.from(
            0, List.of(record(SHOP, 1, "one"), record(MAIL, 2, "two"), record(SHOP, 3, "three"))));
    archive.flush();
    archive.apply(
        Deliveries.from(3, List.of(record(SHOP, 3, "three again"), record(SHOP, 86_403, "late"))));
    archive.flush();
    archive.close();
    return disk;
  }

  private static FileArchive open(FaultyStorage disk) {
    FileArchive archive = new FileArchive(disk, ArchiveOptions.DEFAULT, new ManualClock(NOON));
    archive.start();
    return archive;
  }

  private static byte[] fixture(String file) throws IOException {
    try (InputStream in = ArchiveFormatTest.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IOException("no fixture " + file);
      }
      return in.readAllBytes();
    }
  }

  @Test
  void readsWhatVersionOneWrote() throws IOException {
    FaultyStorage disk = new FaultyStorage();
    for (String file : FILES) {
      disk.put(file, fixture(file));
    }

    FileArchive archive = open(disk);

    assertThat(archive.committed()).isEqualTo(new Positions(Map.of(0, 5L)));
    assertThat(archive.days()).containsExactly(MONDAY, MONDAY.plusDays(1));
    assertThat(titles(archive)).containsExactly("late", "one", "three again", "two");
    assertThat(archive.digests(MONDAY))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    SHOP,
                    ContentDigest.of(record(SHOP, 1, "one").body())
                        .plus(ContentDigest.of(record(SHOP, 3, "three again").body())),
                    MAIL,
                    ContentDigest.of(record(MAIL, 2, "two").body()))));
    assertThat(archive.find(ProjectScope.of(SHOP), new EventId(3, 7)))
        .hasValueSatisfying(found -> assertThat(found.event().title()).isEqualTo("three again"));
    assertThat(archive.check()).isEqualTo(Health.ok());
  }

  private static List<String> titles(FileArchive archive) {
    List<String> titles = new ArrayList<>();
    archive.days().forEach(day -> archive.scan(day, one -> titles.add(one.event().title())));
    titles.sort(null);
    return titles;
  }

  @Test
  void writesTheFormatOfTheFixture() throws IOException {
    FaultyStorage disk = write();

    assertThat(disk.files()).containsAll(FILES);
    assertThat(new String(disk.content("CURRENT"), StandardCharsets.US_ASCII))
        .isEqualTo(new String(fixture("CURRENT"), StandardCharsets.US_ASCII));
    for (String file : FILES) {
      assertThat(disk.content(file)).as(file).hasSameSizeAs(fixture(file));
    }
  }
}
