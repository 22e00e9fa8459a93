package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Positions;
import io.levee.engine.index.EventIndex;
import io.levee.event.EventRecord;
import io.levee.event.SamplePlace;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventIndexContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneEventIndexTest extends EventIndexContract {
  @TempDir Path directory;

  private int crashes;

  private Path store() {
    return directory.resolve("store-" + crashes);
  }

  @Override
  protected EventIndex create() {
    return new LuceneEventIndex(store(), IndexSettings.DEFAULT, System::nanoTime);
  }

  @Override
  protected EventIndex reopen() {
    return create();
  }

  /** Copies the files as they lie there at this moment, which is what a dead process leaves. */
  @Override
  protected void crash(EventIndex running) {
    Path from = store();
    crashes++;
    Path to = store();
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : List.copyOf(walk.toList())) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running.close();
  }

  @Test
  void passesOverWhatIsOnlyCounted() {
    List<EventRecord> records = events(3).stream().map(EventRecord::of).toList();
    SamplePlace place = new SamplePlace(1, 1, false);
    index.apply(
        Deliveries.from(
            0,
            List.of(
                records.get(0),
                new EventRecord(records.get(1).header().sampledOut(place), records.get(1).body()),
                new EventRecord(records.get(2).header().sampledOut(place), new byte[0]))));
    index.flush();

    assertThat(ids(ALL)).containsExactly(records.getFirst().header().id());
    assertThat(index.committed()).isEqualTo(new Positions(Map.of(0, 3L)));
  }
}
