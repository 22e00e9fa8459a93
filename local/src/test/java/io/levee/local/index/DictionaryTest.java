package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.index.Erasing;
import io.levee.engine.query.Query;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.event.User;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices whose events are packed against some of their own, and what becomes of that file. */
final class DictionaryTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final int EVENTS = SliceDictionary.EVENTS_FIRST;
  private static final String MARK = "wanderingheron";

  private static final List<EventRecord> SENT = made();

  @TempDir static Path written;

  @TempDir Path directory;

  /** A day that got its dictionary when it had events enough, and a day after it. */
  @BeforeAll
  static void write() {
    try (LuceneEventIndex index = open(written)) {
      index.apply(Deliveries.from(0, SENT.subList(0, EVENTS)));
      index.apply(Deliveries.from(EVENTS, SENT.subList(EVENTS, EVENTS + 50)));
      index.flush();
      index.apply(Deliveries.from(EVENTS + 50, SENT.subList(EVENTS + 50, EVENTS + 100)));
      index.flush();
    }
  }

  private static List<EventRecord> made() {
    List<EventRecord> events = new ArrayList<>();
    for (Event event : new EventGenerator(3, PROJECT, NOON).next(EVENTS + 100)) {
      Instant time = event.time().plusSeconds(events.size() < EVENTS + 50 ? 0 : 86_400);
      String user = events.size() % 2 == 0 ? MARK : "user" + events.size();
      events.add(
          EventRecord.of(
              event.toBuilder()
                  .time(time)
                  .received(time)
                  .user(new User(user, null, null, null, Json.Obj.EMPTY))
                  .build()));
    }
    return events;
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(written)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = directory.resolve(written.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private static LuceneEventIndex open(Path path) {
    LuceneEventIndex index = new LuceneEventIndex(path, IndexSettings.DEFAULT, System::nanoTime);
    index.start();
    return index;
  }

  private Path slice(LocalDate day) {
    return directory.resolve("generation-1").resolve(day.toString());
  }

  private List<Path> dictionaries(LocalDate day) throws IOException {
    try (Stream<Path> files = Files.list(slice(day))) {
      return files
          .filter(file -> EventDictionary.isFile(String.valueOf(file.getFileName())))
          .toList();
    }
  }

  private static Map<String, String> stored(LuceneEventIndex index) {
    Map<String, String> stored = new TreeMap<>();
    index
        .days()
        .forEach(day ->
            index.scan(
                day,
                one ->
                    stored.put(
                        one.event().id().toString(),
                        new String(one.json(), StandardCharsets.UTF_8))));
    return stored;
  }

  private static Map<String, String> sent() {
    Map<String, String> sent = new TreeMap<>();
    SENT.forEach(record ->
        sent.put(
            record.header().id().toString(), new String(record.body(), StandardCharsets.UTF_8)));
    return sent;
  }

  private List<String> named(LocalDate day) throws IOException {
    List<String> named = new ArrayList<>();
    try (Directory files = new MMapDirectory(slice(day))) {
      for (SegmentCommitInfo segment : SegmentInfos.readLatestCommit(files)) {
        named.add(String.valueOf(segment.info.getAttribute(DictionaryStoredFields.ATTRIBUTE)));
      }
    }
    return named;
  }

  @Test
  void packsWithEventsOfItsOwnAndOfTheDayBefore() throws IOException {
    assertThat(dictionaries(FIRST)).hasSize(1);
    assertThat(dictionaries(SECOND)).hasSize(1);
    assertThat(named(FIRST)).contains("null", dictionaries(FIRST).getFirst().getFileName() + "");
    assertThat(named(SECOND)).containsOnly(dictionaries(SECOND).getFirst().getFileName() + "");
    try (LuceneEventIndex index = open(directory)) {
      assertThat(stored(index)).isEqualTo(sent());
      assertThat(index.damage()).isEmpty();
      assertThat(index.check()).isEqualTo(Health.ok());
    }
  }

  @Test
  void isOneObjectForEqualContent() throws IOException {
    String name = String.valueOf(dictionaries(FIRST).getFirst().getFileName());
    try (Directory files = new MMapDirectory(slice(FIRST))) {
      EventDictionary one = EventDictionary.open(files, name);

      assertThat(EventDictionary.open(files, name)).isSameAs(one);
      assertThat(one.sampledOf()).isGreaterThanOrEqualTo(EVENTS);
      assertThat(one.events()).hasSizeGreaterThan(20);
      assertThat(one.events().stream().mapToInt(event -> event.json().length + 1).sum())
          .isLessThanOrEqualTo(110 << 10);
    }
  }

  @Test
  void readsNothingOfAFileThatIsCutShortOrChanged() throws IOException {
    Path file = dictionaries(FIRST).getFirst();
    String name = String.valueOf(file.getFileName());
    byte[] sound = Files.readAllBytes(file);
    try (Directory files = new MMapDirectory(slice(FIRST))) {
      for (int length = 0; length < sound.length; length += length < 60 ? 1 : 9_001) {
        Files.write(file, Arrays.copyOf(sound, length));
        assertThatThrownBy(() -> EventDictionary.open(files, name))
            .as("%d bytes", length)
            .isInstanceOf(CorruptIndexException.class);
      }
      for (int at = 0; at < sound.length; at += at < 60 ? 1 : 9_001) {
        byte[] damaged = sound.clone();
        damaged[at] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(() -> EventDictionary.open(files, name))
            .as("byte %d", at)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void packsPlainSegmentsWhenTheyAreMerged() throws IOException {
    String name = String.valueOf(dictionaries(FIRST).getFirst().getFileName());
    try (Directory files = new MMapDirectory(slice(FIRST))) {
      EventDictionary dictionary = EventDictionary.open(files, name);
      IndexWriterConfig config = new IndexWriterConfig();
      config.setCodec(new LeveeCodec(() -> dictionary));
      try (IndexWriter writer = new IndexWriter(files, config)) {
        writer.setLiveCommitData(SegmentInfos.readLatestCommit(files).getUserData().entrySet());
        writer.forceMerge(1);
      }
    }

    assertThat(named(FIRST)).containsExactly(name);
    try (LuceneEventIndex index = open(directory)) {
      assertThat(stored(index)).isEqualTo(sent());
    }
  }

  @Test
  void mergesWhatWasWrittenBeforeThereWereDictionaries() throws IOException {
    Path older = directory.resolve("older");
    OlderSlices.unpack(older);
    Map<String, String> before;
    try (LuceneEventIndex index = open(older)) {
      before = stored(index);
      assertThat(index.damage()).isEmpty();
    }
    try (Directory files = new MMapDirectory(older.resolve("generation-1/2026-11-20"));
        DirectoryReader reader = DirectoryReader.open(files)) {
      EventDictionary dictionary = Objects.requireNonNull(DictionaryMaker.of(reader));
      dictionary.writeTo(files);
      IndexWriterConfig config = new IndexWriterConfig();
      config.setCodec(new LeveeCodec(() -> dictionary));
      try (IndexWriter writer = new IndexWriter(files, config)) {
        writer.forceMerge(1);
      }
    }
    try (LuceneEventIndex index = open(older)) {
      assertThat(before).hasSize(40);
      assertThat(stored(index)).isEqualTo(before);
    }
  }

  @Test
  void movesSliceAsideWhoseDictionaryIsDamagedOrMissing() throws IOException {
    byte[] sound = Files.readAllBytes(dictionaries(FIRST).getFirst());
    for (int at : new int[] {40, sound.length / 2, -1}) {
      SliceDirectories.remove(directory);
      copy();
      Path file = dictionaries(FIRST).getFirst();
      try (LuceneEventIndex index = open(directory)) {
        if (at < 0) {
          Files.delete(file);
        } else {
          byte[] damaged = sound.clone();
          damaged[at] ^= 16;
          Files.write(file, damaged);
        }
        assertThat(index.damage())
            .as("byte %d", at)
            .singleElement()
            .satisfies(found -> assertThat(found.toString()).contains(FIRST.toString()));
      }

      try (LuceneEventIndex index = open(directory)) {
        assertThat(index.days()).as("byte %d", at).containsExactly(SECOND);
        assertThat(index.check())
            .isInstanceOfSatisfying(
                Health.Failing.class,
                failing -> assertThat(failing.reason()).contains(FIRST + "-1"));
        if (at < 0) {
          index.apply(Deliveries.from(0, SENT.subList(0, EVENTS + 50)));
          index.flush();
          assertThat(stored(index)).as("built anew").isEqualTo(sent());
        }
      }
    }
  }

  @Test
  void deletesDictionariesThatNothingNeeds() throws IOException {
    Path stale = slice(FIRST).resolve("dictionary-00000000000000000000000000000000");
    Files.write(stale, new byte[] {1, 2, 3});
    Files.write(slice(FIRST).resolve("dictionary-1.tmp"), new byte[] {1});

    try (LuceneEventIndex index = open(directory)) {
      index.apply(Deliveries.from(0, SENT.subList(0, 1)));
      index.flush();
      assertThat(stored(index)).isEqualTo(sent());
    }

    assertThat(dictionaries(FIRST)).hasSize(1).doesNotContain(stale);
  }

  @Test
  void forgetsEventsThatAreDeletedForGood() throws IOException {
    Map<String, String> staying = sent();
    staying.values().removeIf(json -> json.contains(MARK));
    try (LuceneEventIndex index = open(directory)) {
      Erasing which = new Erasing(PROJECT, new Query.Term("user", MARK), NOON.plusSeconds(200_000));

      Path unneeded = slice(FIRST).resolve("dictionary-00000000000000000000000000000000");
      Files.write(unneeded, MARK.getBytes(StandardCharsets.UTF_8));

      assertThat(index.erase(which)).isEqualTo(EVENTS / 2 + 50);

      assertThat(unneeded).doesNotExist();
      assertThat(stored(index)).isEqualTo(staying);
      assertThat(index.damage()).isEmpty();
    }
    assertNoMark();
    try (LuceneEventIndex index = open(directory)) {
      assertThat(stored(index)).isEqualTo(staying);
      assertThat(dictionaries(FIRST)).hasSize(1);
    }
  }

  @Test
  void forgetsThemWhereOnlyTheDictionaryHoldsThem() throws IOException {
    Map<String, String> staying = sent();
    try (LuceneEventIndex index = open(directory)) {
      Erasing ofTheFirstDay =
          new Erasing(PROJECT, new Query.Term("user", MARK), NOON.plusSeconds(3_600));
      index.erase(ofTheFirstDay);

      for (Path file : dictionaries(SECOND)) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(MARK);
      }
      assertThat(named(SECOND))
          .hasSameElementsAs(
              dictionaries(SECOND).stream().map(file -> file.getFileName() + "").toList());
      staying
          .values()
          .removeIf(json -> json.contains(MARK) && json.contains("\"received\":\"" + FIRST));
      assertThat(stored(index)).isEqualTo(staying);
    }
  }

  private void assertNoMark() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARK))
            .as(file.toString())
            .isFalse();
      }
    }
  }

  @Test
  void hasNoEventsWhereThereAreNone() throws IOException {
    assertThat(EventDictionary.of(10, List.of())).isNull();
    try (Directory empty = new ByteBuffersDirectory();
        IndexWriter ignored = new IndexWriter(empty, new IndexWriterConfig())) {
      ignored.commit();
      try (DirectoryReader reader = DirectoryReader.open(empty)) {
        assertThat(DictionaryMaker.of(reader)).isNull();
      }
    }
  }
}
