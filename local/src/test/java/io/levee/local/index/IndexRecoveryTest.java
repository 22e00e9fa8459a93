package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.engine.run.Health;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that can't be written for a while, and the index after it. */
@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class IndexRecoveryTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

  @TempDir private Path folder;
  private LuceneEventIndex index;
  private final List<Delivery> deliveries =
      Deliveries.from(0, new EventGenerator(1, PROJECT, NOON).records(60));

  @BeforeEach
  void open() {
    index = new LuceneEventIndex(home(), IndexSettings.DEFAULT, System::nanoTime);
    index.start();
  }

  @AfterEach
  void close() {
    index.close();
  }

  private Path home() {
    return folder.resolve("index");
  }

  /** A folder that is not there can't be written, not even by root; what is open stays open. */
  private void takeAway() throws IOException {
    Files.move(home(), folder.resolve("away"));
  }

  private void giveBack() throws IOException {
    Files.move(folder.resolve("away"), home());
  }

  private long stored() {
    return index.count(ProjectScope.of(PROJECT), new Query.All(), RANGE).stored();
  }

  private static Positions at(long offset) {
    return new Positions(Map.of(0, offset));
  }

  @Test
  void goesOnFromWhatIsCommittedOnceTheDiskWorksAgain() throws IOException {
    index.apply(deliveries.subList(0, 20));
    index.flush();
    index.apply(deliveries.subList(20, 40));

    takeAway();
    assertThatThrownBy(index::flush).isInstanceOf(BackendException.Unavailable.class);
    assertThatThrownBy(() -> index.apply(deliveries.subList(40, 41)))
        .isInstanceOf(BackendException.Unavailable.class);
    assertThatThrownBy(index::recover).isInstanceOf(BackendException.Unavailable.class);
    assertThat(index.check()).isInstanceOf(Health.Failing.class);

    giveBack();
    assertThat(index.recover()).isEqualTo(at(20));
    assertThat(index.recover()).isNull();
    assertThat(index.check()).isEqualTo(Health.ok());
    assertThat(stored()).isEqualTo(20);

    index.apply(deliveries.subList(20, 60));
    assertThat(index.flush()).isEqualTo(at(60));
    assertThat(stored()).isEqualTo(60);
  }

  @Test
  void aDayThatWasNeverCommittedComesAgainWhole() throws IOException {
    index.apply(deliveries.subList(0, 20));

    takeAway();
    assertThatThrownBy(index::flush).isInstanceOf(BackendException.Unavailable.class);
    giveBack();

    assertThat(index.recover()).isEqualTo(Positions.START);
    index.apply(deliveries);
    index.flush();
    assertThat(stored()).isEqualTo(60);

    close();
    open();
    assertThat(stored()).isEqualTo(60);
    assertThat(index.committed()).isEqualTo(at(60));
  }

  @Test
  void aBrokenIndexIsReplacedByARebuild() throws IOException {
    index.apply(deliveries.subList(0, 20));
    takeAway();
    assertThatThrownBy(index::flush).isInstanceOf(BackendException.Unavailable.class);
    giveBack();

    try (var rebuild = index.rebuild()) {
      rebuild.complete(at(5));
    }

    assertThat(index.check()).isEqualTo(Health.ok());
    assertThat(index.recover()).isNull();
    assertThat(index.committed()).isEqualTo(at(5));
  }
}
