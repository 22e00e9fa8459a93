package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Finding;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DigestsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final ProjectId SHOP = new ProjectId(1);
  private static final ProjectId OFFICE = new ProjectId(2);

  private final List<Finding> damage = new ArrayList<>();

  private static StoredEvent event(ProjectId project, int number) {
    Event event =
        Event.builder(new EventId(0, number), project)
            .title("event " + number)
            .time(Instant.EPOCH)
            .received(Instant.EPOCH)
            .fingerprint(new Fingerprint(1, 0, 0))
            .build();
    return new StoredEvent(EventRecord.of(event).body());
  }

  @Test
  void countsProjectByProject() {
    Digests digests =
        Digests.of(
            "index",
            DAY,
            damage,
            each -> {
              each.accept(event(SHOP, 1));
              each.accept(event(OFFICE, 2));
              each.accept(event(SHOP, 3));
            });

    assertThat(digests.projects()).containsExactlyInAnyOrder(SHOP, OFFICE);
    assertThat(digests.of(SHOP))
        .isEqualTo(
            ContentDigest.of(event(SHOP, 3).json()).plus(ContentDigest.of(event(SHOP, 1).json())));
    assertThat(digests.of(new ProjectId(3))).isEqualTo(ContentDigest.EMPTY);
    assertThat(damage).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAFindingWhateverWasThrown() {
    Digests broken =
        Digests.of(
            "index",
            DAY,
            damage,
            each -> {
              each.accept(event(SHOP, 1));
              throw new ArrayIndexOutOfBoundsException("vInt");
            });
    Digests.told(
        "archive",
        DAY,
        damage,
        () -> {
          throw new BackendException.Corrupt("archive", "read", "footer", null);
        });

    assertThat(broken.of(SHOP).events()).isEqualTo(1);
    assertThat(damage).extracting(Finding::open).containsExactly(true, true);
    assertThat(damage.get(0).what())
        .startsWith("index of 2026-11-22, rebuild it: ")
        .contains("vInt");
    assertThat(damage.get(1).what())
        .startsWith("archive of 2026-11-22, rebuild it: ")
        .contains("footer");
  }

  @Test
  void aStoreThatIsAwayIsNotDamaged() {
    assertThatThrownBy(() ->
            Digests.told(
                "archive",
                DAY,
                damage,
                () -> {
                  throw new BackendException.Unavailable("archive", "read", "away", null);
                }))
        .isInstanceOf(BackendException.Unavailable.class);
    assertThat(damage).isEmpty();
    assertThat(new Digests(Map.of()).projects()).isEmpty();
  }
}
