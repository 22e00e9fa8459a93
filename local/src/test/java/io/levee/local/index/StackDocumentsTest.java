package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How stacks lie in a slice; that questions don't see it is the contract's business. */
final class StackDocumentsTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final ProjectId OTHER = new ProjectId(8);
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-11-21");

  @TempDir Path directory;

  private LuceneEventIndex open() {
    LuceneEventIndex index =
        new LuceneEventIndex(directory, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    return index;
  }

  private static void store(LuceneEventIndex index, List<Event> events) {
    index.apply(Deliveries.from(0, events.stream().map(EventRecord::of).toList()));
    index.flush();
  }

  private static List<Event> events(ProjectId project, int count) {
    return new EventGenerator(3, project, NOON).next(count);
  }

  /** How many stacks have a document, and how many events refer to one. */
  private List<Integer> stacksAndReferences() throws IOException {
    try (Directory slice = new MMapDirectory(directory.resolve("generation-1/" + DAY));
        DirectoryReader reader = DirectoryReader.open(slice)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      int stacks = searcher.count(new FieldExistsQuery(Schema.STACK_KEY));
      int documents = reader.numDocs();
      int events = searcher.count(new PrefixQuery(new Term(Schema.KEY, "")));
      assertThat(stacks + events).isEqualTo(documents);
      int references = 0;
      Set<Long> known = new HashSet<>();
      for (Long hash : SliceStacks.hashes(reader, Schema.STACK_KEY)) {
        assertThat(known.add(hash)).isTrue();
        references += searcher.count(new TermQuery(new Term(Schema.STACK, Schema.stack(hash))));
      }
      return List.of(stacks, references);
    }
  }

  private static int differentStacks(List<Event> events) {
    Set<Object> different = new HashSet<>();
    events.forEach(event -> different.add(event.exceptions().getFirst().frames()));
    return different.size();
  }

  @Test
  void writesStackOnceOverSegmentsAndRestarts() throws IOException {
    List<Event> events = events(PROJECT, 600);
    int stacks = differentStacks(events);
    LuceneEventIndex index = open();
    for (int i = 0; i < 600; i += 100) {
      store(index, events.subList(i, i + 100));
      if (i == 300) {
        index.close();
        index = open();
      }
    }
    index.close();

    // The first of each lies with its event; once more after the restart if it was alone till then.
    List<Integer> found = stacksAndReferences();
    assertThat(found.get(0)).isBetween(stacks * 9 / 10, stacks);
    assertThat(found.get(1)).isBetween(600 - 2 * stacks, 600 - stacks);
  }

  @Test
  void dropsStackWithTheLastEventThatRefersToIt() throws IOException {
    List<Event> mine = events(PROJECT, 600);
    List<Event> theirs = new ArrayList<>();
    mine.subList(0, 3).forEach(event -> theirs.add(event.toBuilder().project(OTHER).build()));
    LuceneEventIndex index = open();
    store(index, mine);
    store(index, theirs);

    index.retain(Map.of(PROJECT, DAY.plusDays(1)));
    index.flush();

    assertThat(stacksAndReferences()).isEqualTo(List.of(differentStacks(theirs), 3));
    store(index, mine);
    index.close();
    assertThat(stacksAndReferences().get(0)).isEqualTo(differentStacks(mine));
  }

  @Test
  void framesTellCodeFieldsAlone() {
    Set<String> told = new HashSet<>();
    FieldVisitor visitor =
        new FieldVisitor() {
          @Override
          public void exact(String field, String value) {
            told.add(field);
          }

          @Override
          public void text(String field, String value) {
            told.add("text " + field);
          }

          @Override
          public void number(String field, double value) {
            told.add("number " + field);
          }

          @Override
          public void leaf(String path, String value) {
            told.add("leaf " + path);
          }

          @Override
          public void words(String value) {}
        };

    events(PROJECT, 20)
        .forEach(event -> EventFields.visitCode(event.exceptions().getFirst().frames(), visitor));

    assertThat(told).isSubsetOf(EventFields.CODE_FIELDS).isNotEmpty();
  }
}
