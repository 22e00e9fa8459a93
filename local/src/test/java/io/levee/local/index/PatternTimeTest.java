package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.ask.Answer;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.ask.Pulse;
import io.levee.engine.ask.Question;
import io.levee.engine.index.SearchRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.PipelineParser;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.BackendException;
import io.levee.event.ProjectId;
import io.levee.testkit.Deliveries;
import io.levee.testkit.EventGenerator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patterns that look at every word end in time, and it is said. */
@SuppressWarnings("NullAway.Init") // Set up before each test.
final class PatternTimeTest {
  private static final ProjectId PROJECT = new ProjectId(7);
  private static final ProjectScope SCOPE = ProjectScope.of(PROJECT);
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final TimeRange RANGE = new TimeRange(START, START.plusSeconds(3600));

  @TempDir Path directory;

  private LuceneEventIndex index;

  @BeforeEach
  void start() {
    index =
        new LuceneEventIndex(
            directory, IndexSettings.DEFAULT.withPatternMax(Duration.ofNanos(1)), System::nanoTime);
    index.start();
    index.apply(Deliveries.from(0, new EventGenerator(1, PROJECT, START).records(300)));
    index.flush();
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private Answer ask(String text) {
    Clock clock = Clock.fixed(RANGE.to(), ZoneOffset.UTC);
    Asker asker = new Asker(index, clock, System::nanoTime, AskLimits.DEFAULT);
    var pipeline = ((PipelineParser.Read) PipelineParser.parse(text)).pipeline();
    return asker.ask(new Question(SCOPE, pipeline, RANGE, ZoneOffset.UTC), 100, Pulse.STEADY);
  }

  @Test
  void saysThatAPatternTookTooLong() {
    for (String text :
        new String[] {"*17*", "*17* | stats count by host", "/.*(a|b|c)7/ | eval x=1 | head 3"}) {
      assertThat(ask(text).marks().partial())
          .as(text)
          .singleElement()
          .asString()
          .contains("looking for words like", "words were looked at");
    }
    SearchRequest list = SearchRequest.newest(SCOPE, new Query.Wildcard(null, "*17*"), RANGE, 10);
    assertThatThrownBy(() -> index.search(list))
        .isInstanceOf(BackendException.OverCapacity.class)
        .hasMessageContaining("*17*");
  }

  @Test
  void answersWhatBeginsWithLetters() {
    Answer answer = ask("checko* | stats count");

    assertThat(answer.marks().partial()).isEmpty();
    assertThat(answer.rows()).hasSize(1);
  }
}
