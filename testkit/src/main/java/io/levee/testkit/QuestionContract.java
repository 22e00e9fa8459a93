package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.index.EventIndex;
import io.levee.engine.index.EventReading;
import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.eval.Value;
import io.levee.engine.query.pipe.Command;
import io.levee.engine.query.pipe.Commands;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventIndex} promises to those who ask questions with stages. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
public abstract class QuestionContract {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final ProjectScope SCOPE = ProjectScope.of(PROJECT);
  private static final Instant START = Instant.parse("2026-11-20T03:00:00Z");
  private static final TimeRange RANGE =
      new TimeRange(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-24T00:00:00Z"));
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata"); // Half an hour off.
  private static final long SEED = 20_261_122;

  private EventIndex index;
  private Asker asker;
  private List<Event> events;

  /** An index on an empty store, not started. */
  protected abstract EventIndex create();

  @BeforeEach
  void start() {
    index = create();
    index.start();
    events = events(150);
    index.apply(Deliveries.from(0, events.stream().map(EventRecord::of).toList()));
    index.flush();
    asker = asker(AskLimits.DEFAULT.withAlone(10));
  }

  private Asker asker(AskLimits limits) {
    return new Asker(index, Clock.fixed(RANGE.to(), ZoneOffset.UTC), System::nanoTime, limits);
  }

  @AfterEach
  void stop() {
    index.close();
  }

  /** Over three days, some fields missing, some sampled. */
  private static List<Event> events(int count) {
    Random random = new Random(SEED);
    List<Event> made = new ArrayList<>();
    for (Event event : new EventGenerator(SEED, PROJECT, START).next(count)) {
      made.add(
          event.toBuilder()
              .time(START.plus(Duration.ofMinutes(random.nextInt(3 * 24 * 60))))
              .weight(random.nextInt(5) == 0 ? 1 + random.nextInt(50) : 1)
              .host(random.nextInt(10) == 0 ? null : event.host())
              .release(random.nextInt(10) == 0 ? null : event.release())
              .durationMillis(random.nextInt(4) == 0 ? null : made.size() + 0.5)
              .extra(extra(random, event.extra()))
              .build());
    }
    return made;
  }

  /** With numbers, and lists of which some hold a value twice. */
  private static Json.Obj extra(Random random, Json.Obj extra) {
    Map<String, Json> fields = new LinkedHashMap<>(extra.fields());
    if (random.nextInt(3) != 0) {
      fields.put("cart", Json.object("items", Json.number(random.nextInt(6))));
    }
    List<Json> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(Json.text("item-" + random.nextInt(3)));
    }
    if (!list.isEmpty()) {
      fields.put("list", Json.array(list));
    }
    return Json.object(fields);
  }

  private Answer ask(Asker by, Query filter, String stages) {
    return by.ask(new Question(SCOPE, pipeline(filter, stages), RANGE, ZONE), 1_000, Pulse.STEADY);
  }

  private static Pipeline pipeline(Query filter, String stages) {
    return switch (PipelineParser.parse("* | " + stages)) {
      case PipelineParser.Read(Pipeline read) ->
          new Pipeline(filter, null, null, read.stages(), List.of());
      case PipelineParser.Misread misread -> throw new AssertionError(misread.sentence());
    };
  }

  private static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (List<Value> row : answer.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        if (!row.get(i).isNothing()) {
          cells.add(answer.columns().get(i) + "=" + row.get(i).asText());
        }
      }
      lines.add(String.join(" ", cells));
    }
    return lines;
  }

  /** 2,000 questions, or as many as the property {@code levee.questions} says. */
  @Test
  void answersAsPlainJavaDoes() {
    QuestionGenerator generator = new QuestionGenerator(SEED, events, ZONE);
    int counted = 0;
    int filled = 0;
    for (int i = 0; i < Integer.getInteger("levee.questions", 2_000); i++) {
      QuestionGenerator.Case question = generator.next();

      Answer answer = ask(asker, question.filter(), question.stages());

      assertThat(lines(answer))
          .as("seed %d, question %d: %s | %s", SEED, i, question.filter(), question.stages())
          .containsExactlyInAnyOrderElementsOf(question.rows());
      assertThat(answer.marks().partial()).isEmpty();
      counted += answer.marks().counted() ? 1 : 0;
      filled += answer.rows().isEmpty() ? 0 : 1;
    }
    assertThat(counted).isGreaterThan(500);
    assertThat(filled).isGreaterThan(700);
  }

  @Test
  void readsEachEventOnceInOrderOrNot() {
    for (boolean newestFirst : new boolean[] {true, false}) {
      List<Event> read = new ArrayList<>();

      boolean all =
          index.read(
              new EventReading(SCOPE, new Query.All(), RANGE, newestFirst),
              stored -> read.add(stored.event()));

      assertThat(all).isTrue();
      assertThat(read).containsExactlyInAnyOrderElementsOf(events);
      if (newestFirst) {
        assertThat(read).isSortedAccordingTo((a, b) -> b.time().compareTo(a.time()));
      }
    }
  }

  @Test
  void stopsReadingWhenNobodyWantsMore() {
    List<EventId> read = new ArrayList<>();

    boolean all =
        index.read(
            new EventReading(SCOPE, new Query.All(), RANGE, false),
            stored -> {
              read.add(stored.event().id());
              return read.size() < 5;
            });

    assertThat(all).isFalse();
    assertThat(read).hasSize(5);
  }

  @Test
  void hidesForeignProjects() {
    TallyRequest foreign =
        new TallyRequest(
            ProjectScope.of(new ProjectId(8)),
            new Query.All(),
            RANGE,
            List.of("host"),
            List.of(),
            1_000);

    assertThat(index.tally(foreign).orElseThrow().groups()).isEmpty();
    assertThat(
            index.read(
                new EventReading(ProjectScope.of(new ProjectId(8)), new Query.All(), RANGE, false),
                stored -> false))
        .isTrue();
  }

  @Test
  void countsByStretchesOfTime() {
    List<Instant> starts = List.of(START, START.plus(Duration.ofDays(1)));

    Optional<Tally> tally =
        index.tally(new TallyRequest(SCOPE, new Query.All(), RANGE, List.of(), starts, 1_000));

    long early =
        events.stream()
            .filter(event -> event.time().isBefore(starts.get(1)))
            .mapToLong(Event::weight)
            .sum();
    assertThat(tally.orElseThrow().stored()).isEqualTo(events.size());
    assertThat(tally.orElseThrow().groups())
        .filteredOn(group -> group.start() == 0)
        .extracting(Tally.Group::events)
        .containsExactly(early);
  }

  @Test
  void doesNotCountMoreGroupsThanAllowed() {
    TallyRequest request =
        new TallyRequest(SCOPE, new Query.All(), RANGE, List.of("url"), List.of(), 10);

    assertThat(index.tally(request)).isEmpty();
  }

  @Test
  void saysWhatWasLeftOut() {
    Asker poor = asker(AskLimits.DEFAULT.withRowsHeld(10));
    Asker hasty = asker(AskLimits.DEFAULT.withWall(Duration.ofNanos(1)));

    Answer groups = ask(poor, new Query.All(), "stats count by url");
    Answer joined = ask(poor, new Query.All(), "transaction project");
    Answer early = ask(hasty, new Query.All(), "eval x=1 | stats count by message");

    assertThat(groups.rows()).hasSize(10);
    assertThat(groups.marks().partial()).isNotEmpty();
    assertThat(joined.marks().partial()).isNotEmpty();
    assertThat(early.marks().partial()).first().asString().contains("time");
  }

  /**
   * A reading that would take longer than there is time for ends soon; one that would not, late.
   */
  @Test
  void doesNotBeginWhatCanNotBeDone() {
    for (boolean hopeless : new boolean[] {true, false}) {
      AtomicLong nanos = new AtomicLong();
      AskLimits limits =
          AskLimits.DEFAULT
              .withWall(Duration.ofSeconds(hopeless ? 6 : 600))
              .withSoon(Duration.ofSeconds(2));
      Asker slow =
          new Asker(
              index,
              Clock.fixed(RANGE.to(), ZoneOffset.UTC),
              () -> nanos.addAndGet(1_000_000_000L),
              limits);

      Answer answer = ask(slow, new Query.All(), "eval x=1 | stats count by message");

      if (hopeless) {
        assertThat(answer.marks().partial())
            .singleElement()
            .asString()
            .contains(" of 150 events", "all would take longer than 6 s");
        assertThat(answer.rows()).isNotEmpty();
      } else {
        assertThat(answer.marks().partial()).isEmpty();
        assertThat(answer.marks().eventsRead()).isEqualTo(150);
      }
    }
  }

  @Test
  void stopsWhenNobodyWaits() {
    Question question =
        new Question(SCOPE, pipeline(new Query.All(), "stats count by message"), RANGE, ZONE);

    Answer answer = asker.ask(question, 10, () -> false);

    assertThat(answer.marks().partial()).containsExactly("cancelled");
  }

  @Test
  void refusesManyPatternsThatLookAtEveryWord() {
    StringBuilder deadly = new StringBuilder("*a0*");
    for (int i = 1; i < 100; i++) {
      deadly.append(" OR *a").append(i).append("*");
    }
    Pipeline pipeline = ((PipelineParser.Read) PipelineParser.parse(deadly.toString())).pipeline();

    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> asker.plan(new Question(SCOPE, pipeline, RANGE, ZONE)))
        .withMessageContaining("100 patterns");
  }

  /** The examples of the reference page run as they stand. */
  @Test
  void answersEveryExample() {
    SoftAssertions all = new SoftAssertions();
    for (Command command : Commands.all()) {
      for (String example : command.examples()) {
        PipelineParser.Result reading = PipelineParser.parse(example);
        assertThat(reading).as(example).isInstanceOf(PipelineParser.Read.class);
        Pipeline pipeline = ((PipelineParser.Read) reading).pipeline();

        Answer answer = asker.ask(new Question(SCOPE, pipeline, RANGE, ZONE), 1_000, Pulse.STEADY);

        all.assertThat(answer.rows()).as(example).isNotEmpty();
        all.assertThat(answer.marks().partial()).as(example).isEmpty();
      }
    }
    all.assertAll();
  }

  @Test
  void comparesWithEarlier() {
    Answer answer =
        asker.ask(
            new Question(
                SCOPE,
                ((PipelineParser.Read)
                        PipelineParser.parse(
                            "earliest=2026-11-21 latest=2026-11-22 | stats count | compare"
                                + " earlier=1d"))
                    .pipeline(),
                RANGE,
                ZoneOffset.UTC),
            10,
            Pulse.STEADY);

    assertThat(answer.columns()).containsExactly("count", "count earlier", "count change");
    assertThat(answer.rows().getFirst().get(1).asNumber()).isPositive();
  }
}
