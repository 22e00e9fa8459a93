package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.archive.EventArchive;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.spool.FaultyStorage;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import io.levee.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flipped bits and cut files: found, told, and nothing that can be read is lost. */
final class FileArchiveDamageTest {
  private static final ProjectId SHOP = new ProjectId(1);
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  private static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final ArchiveOptions OPTIONS =
      new ArchiveOptions(4 << 10, 1, 1 << 20, 64 << 10, 64 << 10, 1 << 20);

  private final List<EventRecord> first = new EventGenerator(1, SHOP, NOON).records(6);
  private final List<EventRecord> second = new EventGenerator(2, SHOP, NOON).records(4);
  private final FaultyStorage disk = new FaultyStorage();
  private String object = "";
  private byte[] content = {};

  @BeforeEach
  void write() {
    EventArchive archive = open();
    archive.apply(Deliveries.from(0, first));
    archive.flush();
    archive.apply(Deliveries.from(6, second));
    archive.flush();
    archive.close();
    object =
        disk.files().stream()
            .filter(name -> name.contains("/0000000000000000001-"))
            .toList()
            .getFirst();
    content = disk.content(object);
  }

  private EventArchive open() {
    EventArchive archive = new FileArchive(disk, OPTIONS, new ManualClock(NOON));
    archive.start();
    return archive;
  }

  private static List<String> scan(EventArchive archive, boolean[] complained) {
    List<String> found = new ArrayList<>();
    try {
      archive.scan(MONDAY, event -> found.add(new String(event.json(), StandardCharsets.UTF_8)));
    } catch (BackendException.Corrupt e) {
      complained[0] = true;
    }
    return found;
  }

  private static List<String> bodies(List<EventRecord> records) {
    return records.stream()
        .map(record -> new String(record.body(), StandardCharsets.UTF_8))
        .toList();
  }

  private int footerAt() {
    Trailer trailer =
        Trailer.decode(
            Arrays.copyOfRange(content, content.length - Trailer.BYTES, content.length),
            content.length);
    return content.length - (int) trailer.footerBytes();
  }

  @Test
  void everyFlippedBitIsFoundAndCostsNoOtherBlock() {
    List<String> all = new ArrayList<>(bodies(first));
    all.addAll(bodies(second));
    int step = 7;
    for (int at = 0; at < content.length; at += step) {
      byte[] flipped = content.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      disk.put(object, flipped);

      EventArchive archive = open();
      boolean[] complained = {false};
      List<String> found = scan(archive, complained);

      assertThat(all).as("flipped at %d", at).containsAll(found);
      assertThat(found).containsAll(bodies(second)).doesNotHaveDuplicates();
      assertThat(archive.committed().offset(0)).isEqualTo(10);
      if (at < footerAt()) {
        assertThat(complained[0]).isTrue();
        assertThat(found).hasSizeGreaterThanOrEqualTo(all.size() - 2);
        assertThat(archive.check()).isInstanceOf(Health.Failing.class);
      }
      archive.close();
      assertThat(disk.content(object)).isEqualTo(flipped);
    }
  }

  @Test
  void objectWithoutFooterIsServedAndTold() {
    for (int cut = 1; cut < content.length; cut += 61) {
      byte[] left = Arrays.copyOf(content, content.length - cut);
      disk.put(object, left);

      EventArchive archive = open();
      List<String> found = scan(archive, new boolean[1]);

      assertThat(archive.check()).isInstanceOf(Health.Failing.class);
      assertThat(found).containsAll(bodies(second)).doesNotHaveDuplicates();
      if (left.length >= footerAt()) {
        assertThat(found).containsAll(bodies(first));
        assertThat(archive.digests(MONDAY).get(SHOP)).extracting("events").isEqualTo(10L);
        assertThat(archive.find(ProjectScope.of(SHOP), first.get(3).header().id())).isPresent();
      }
      archive.close();
      assertThat(disk.content(object)).isEqualTo(left);
    }
  }

  @Test
  void damagedNewestObjectMovesThePositionsBack() {
    String newest =
        disk.files().stream()
            .filter(name -> name.contains("/0000000000000000002-"))
            .toList()
            .getFirst();
    byte[] bytes = disk.content(newest);
    disk.put(newest, Arrays.copyOf(bytes, bytes.length - 1));

    EventArchive archive = open();
    assertThat(archive.committed().offset(0)).isEqualTo(6);
    archive.apply(Deliveries.from(6, second));
    archive.flush();

    List<String> all = new ArrayList<>(bodies(first));
    all.addAll(bodies(second));
    assertThat(scan(archive, new boolean[1])).containsExactlyInAnyOrderElementsOf(all);
    assertThat(archive.committed().offset(0)).isEqualTo(10);
  }

  @Test
  void damagedObjectIsNeverDeleted() {
    byte[] left = Arrays.copyOf(content, content.length - 1);
    disk.put(object, left);
    EventArchive archive = open();

    archive.retain(Map.of(SHOP, MONDAY.plusDays(1)));
    archive.close();
    open().close();

    assertThat(disk.content(object)).isEqualTo(left);
  }

  @Test
  void findTellsDamageInsteadOfNotFound() {
    byte[] flipped = content.clone();
    flipped[20] ^= 1;
    disk.put(object, flipped);
    EventArchive archive = open();

    assertThatThrownBy(() -> archive.find(ProjectScope.of(SHOP), first.getFirst().header().id()))
        .isInstanceOf(BackendException.Corrupt.class)
        .hasMessageContaining("archive read");
  }
}
