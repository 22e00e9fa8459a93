package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Fingerprint;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting by keys of tags, extra and contexts, and by those that are too many. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
final class LeafKeysTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final TimeRange RANGE =
      TimeRange.before(NOON.plusSeconds(3600), Duration.ofDays(1));

  @TempDir Path directory;

  private LuceneEventIndex index;
  private long events;

  @BeforeEach
  void start() {
    index =
        new LuceneEventIndex(
            directory, IndexSettings.DEFAULT.withRollups(1 << 20, 1), System::nanoTime);
    index.start();
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private void store(ProjectId project, Map<String, String> tags, Json.Obj extra) {
    Event event =
        Event.builder(new EventId(9, ++events), project)
            .time(NOON)
            .received(NOON)
            .title("an event")
            .tags(tags)
            .extra(extra)
            .fingerprint(new Fingerprint(1, 2, 3))
            .build();
    index.apply(Deliveries.from(events, List.of(EventRecord.of(event))));
  }

  private static Json.Obj keys(int from, int to) {
    Map<String, Json> fields = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      fields.put("k" + i, Json.text("v" + i % 3));
    }
    return Json.object(fields);
  }

  private Answer ask(String text) {
    index.flush();
    Asker asker =
        new Asker(index, Clock.fixed(NOON, ZoneOffset.UTC), System::nanoTime, AskLimits.DEFAULT);
    var pipeline = ((PipelineParser.Read) PipelineParser.parse(text)).pipeline();
    return asker.ask(
        new Question(ProjectScope.of(PROJECT), pipeline, RANGE, ZoneOffset.UTC), 100, Pulse.STEADY);
  }

  private static List<String> rows(Answer answer) {
    List<String> rows = new ArrayList<>();
    answer.rows().forEach(row -> rows.add(row.stream().map(Value::asText).toList().toString()));
    return rows;
  }

  @Test
  void countsByKeysOfExtraWithoutReadingEvents() {
    store(PROJECT, Map.of(), keys(0, 5));
    store(PROJECT, Map.of(), keys(1, 5));
    store(PROJECT, Map.of("k1", "tagged"), keys(2, 3));

    for (String key : List.of("extra.k1", "k1", "K1")) {
      Answer answer = ask("* | stats count by " + key);
      assertThat(answer.marks().counted()).isTrue();
      assertThat(answer.marks().eventsRead()).isZero();
      assertThat(answer.marks().notes()).isEmpty();
      assertThat(rows(answer))
          .containsExactlyElementsOf(
              key.startsWith("extra") ? List.of("[v1, 2]") : List.of("[tagged, 1]", "[v1, 2]"));
    }
    assertThat(
            index.facets(ProjectScope.of(PROJECT), new Query.All(), RANGE, List.of("extra.k1"), 5))
        .hasEntrySatisfying("extra.k1", values -> assertThat(values).hasSize(1));
  }

  @Test
  void saysWhenThereAreTooManyKeys() {
    store(PROJECT, Map.of(), keys(0, 900));
    store(PROJECT, Map.of("t", "x"), keys(900, 1_100));
    store(PROJECT, Map.of(), keys(1_050, 1_060));
    store(new ProjectId(8), Map.of(), keys(1_050, 1_060));

    Answer held = ask("* | stats count by extra.k998");
    assertThat(held.marks().eventsRead()).isZero();
    assertThat(rows(held)).containsExactly("[v2, 1]");

    Answer beyond = ask("* | stats count by k1050");
    assertThat(rows(beyond)).containsExactly("[v0, 2]");
    assertThat(beyond.marks().eventsRead()).isEqualTo(2);
    assertThat(beyond.marks().partial()).isEmpty();
    assertThat(beyond.marks().notes()).singleElement().asString().contains("1,000 keys", "k1050");
    assertThat(rows(ask("extra.k1050=v0 | stats count"))).containsExactly("[2]");
  }

  @Test
  void remembersKeysOverARestart() {
    store(PROJECT, Map.of(), keys(0, 1_000));
    index.flush();
    index.close();
    start();
    store(PROJECT, Map.of(), keys(999, 1_001));

    assertThat(ask("* | stats count by k999").marks().eventsRead()).isZero();
    assertThat(ask("* | stats count by k1000").marks().eventsRead()).isEqualTo(1);
  }

  @Test
  void readsWhatHasSeveralValuesIsLongOrRandom() {
    String id = "0123456789abcdef0123456789abcdef";
    store(PROJECT, Map.of(), Json.object("l", Json.array(List.of(Json.text("a"), Json.text("a")))));
    store(PROJECT, Map.of("l", "b"), Json.object("l", Json.text("c")));
    store(PROJECT, Map.of(), Json.object("l", Json.text("a")));
    store(PROJECT, Map.of(), Json.object("l", Json.text(id)));
    store(PROJECT, Map.of(), Json.object("l", Json.text("x".repeat(1_100))));

    Answer answer = ask("* | stats count by l");

    assertThat(answer.marks().eventsRead()).isEqualTo(4);
    assertThat(rows(answer))
        .containsExactlyInAnyOrder(
            "[a, 3]", "[b, 1]", "[c, 1]", "[" + id + ", 1]", "[" + "x".repeat(1_100) + ", 1]");
    assertThat(rows(ask("* | stats count by extra.l | search extra.l=c"))).hasSize(1);
  }

  @Test
  void readsInSlicesOfEarlierVersions() throws IOException {
    store(PROJECT, Map.of("k1", "tagged"), keys(2, 3));
    store(PROJECT, Map.of(), keys(1, 5));
    index.flush();
    index.close();
    forget(directory.resolve("generation-1/2026-11-22"));
    start();
    store(PROJECT, Map.of(), keys(1, 2));

    Answer answer = ask("* | stats count by k1");

    assertThat(rows(answer)).containsExactly("[tagged, 1]", "[v1, 2]");
    assertThat(answer.marks().eventsRead()).isEqualTo(2);
    assertThat(rows(ask("* | stats count by tags.k1"))).containsExactly("[tagged, 1]");
  }

  /** Takes the mark from a slice that versions before this did not set. */
  private static void forget(Path slice) throws IOException {
    try (Directory files = new MMapDirectory(slice);
        IndexWriter writer =
            new IndexWriter(files, new IndexWriterConfig().setCodec(new LeveeCodec()))) {
      Map<String, String> data = new LinkedHashMap<>();
      writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
      assertThat(data.remove("leaves_counted")).isNotNull();
      writer.setLiveCommitData(data.entrySet());
      writer.commit();
    }
  }
}
