package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.index.Erasing;
import io.levee.engine.query.Query;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.event.User;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How events leave a slice for good. */
final class ErasingStoresTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final ProjectId OTHER = new ProjectId(8);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-21");
  private static final String MARK = "wanderingheron";

  @TempDir Path directory;

  private LuceneEventIndex open() {
    LuceneEventIndex index =
        new LuceneEventIndex(directory, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    return index;
  }

  /** Every third is of the marked user, the first of all among them: it brings the stacks. */
  private static List<Event> events(ProjectId project, int count) {
    List<Event> events = new ArrayList<>();
    for (Event event : new EventGenerator(3, project, NOON).next(count)) {
      String user = events.size() % 3 == 0 ? MARK : "user" + events.size();
      events.add(
          event.toBuilder()
              .time(NOON)
              .received(NOON)
              .user(new User(user, null, null, null, Json.Obj.EMPTY))
              .build());
    }
    return events;
  }

  private static Erasing marked(Instant before) {
    return new Erasing(PROJECT, new Query.Term("user", MARK), before);
  }

  private static Set<String> ids(LuceneEventIndex index) {
    Set<String> ids = new HashSet<>();
    index.scan(DAY, stored -> ids.add(stored.event().project() + "/" + stored.event().id()));
    return ids;
  }

  private void assertNoTrace() throws IOException {
    try (Directory slice = new MMapDirectory(directory.resolve("generation-1/" + DAY));
        DirectoryReader reader = DirectoryReader.open(slice)) {
      assertThat(reader.numDeletedDocs()).as("merged away").isZero();
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(MARK)).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void takesEventsAndWhatTheyBroughtOutOfASlice() throws IOException {
    List<Event> events = events(PROJECT, 120);
    Set<String> staying = new HashSet<>();
    try (LuceneEventIndex index = open()) {
      index.apply(Deliveries.from(0, events.stream().map(EventRecord::of).toList()));
      index.flush();
      index.apply(
          Deliveries.from(120, events.subList(0, 9).stream().map(EventRecord::of).toList()));
      index.flush(); // Replaced: the earlier ones lie there, deleted.
      events.stream()
          .filter(event -> !MARK.equals(event.user().id()))
          .forEach(event -> staying.add(event.project() + "/" + event.id()));

      assertThat(index.erase(marked(NOON.plusSeconds(1)))).isEqualTo(40);

      assertThat(ids(index)).isEqualTo(staying);
      assertThat(index.damage()).isEmpty();
      assertThat(index.erase(marked(NOON.plusSeconds(1)))).as("again").isZero();
    }
    assertNoTrace();
    try (LuceneEventIndex index = open()) {
      assertThat(ids(index)).isEqualTo(staying);
    }
  }

  @Test
  void leavesWhatCameLaterAndOtherProjects() {
    try (LuceneEventIndex index = open()) {
      List<Event> all = new ArrayList<>(events(PROJECT, 9));
      all.addAll(events(OTHER, 9));
      index.apply(Deliveries.from(0, all.stream().map(EventRecord::of).toList()));
      index.flush();

      assertThat(index.erase(marked(NOON))).as("of that very moment").isZero();
      assertThat(index.erase(marked(NOON.plus(Duration.ofNanos(1_000))))).isEqualTo(3);
      assertThat(ids(index)).hasSize(15);
    }
  }

  @Test
  void dropsASliceThatIsEmptyThen() {
    try (LuceneEventIndex index = open()) {
      List<Event> all = events(PROJECT, 1);
      index.apply(Deliveries.from(0, all.stream().map(EventRecord::of).toList()));
      index.flush();

      assertThat(index.erase(marked(NOON.plusSeconds(1)))).isEqualTo(1);

      assertThat(index.days()).isEmpty();
      assertThat(directory.resolve("generation-1/" + DAY)).doesNotExist();
    }
  }
}
