package io.levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.bench.corpus.Corpus;
import io.levee.bench.corpus.Truth;
import io.levee.event.Json;
import io.levee.event.JsonLimits;
import io.levee.event.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What both sides answer, read and compared. */
final class QueryAnswersTest {
  private static final List<String> HOSTS = List.of("a", "b", "c");
  private static final Top TOP = new Top("host", 2, () -> new long[] {5, 9, 5}, HOSTS::indexOf);

  private final Corpus corpus =
      new Corpus(7, 10_000, Instant.parse("2026-11-15T12:00:00Z"), Duration.ofDays(2));

  private static Json.Obj json(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return switch (new JsonText(JsonLimits.DEFAULT).parse(bytes)) {
      case JsonText.Value(Json.Obj object) -> object;
      case JsonText.Parsed other -> throw new AssertionError(text + ": " + other);
    };
  }

  @Test
  void readsRowsByTheirColumns() {
    Json.Obj answer =
        json(
            """
            {"columns":[{"name":"host"},{"name":"count"},{"name":"percent"}],
             "rows":[["b",9,47.4],["a",5,26.3]],"marks":{"partial":[]}}\
            """);

    assertThat(SearchAnswers.rows(answer, "count", "host")).containsExactly("9 b", "5 a");
    assertThat(TOP.right().ofLevee().apply(answer)).isEqualTo(TOP.right().expected().get());
  }

  @Test
  void answerThatIsNotWholeIsNeverRight() {
    Json.Obj answer =
        json(
            """
            {"columns":[{"name":"host"},{"name":"count"}],"rows":[["b",9],["a",5]],
             "marks":{"partial":["stopped after 30 s"]}}\
            """);

    assertThat(SearchAnswers.rows(answer, "host", "count"))
        .first()
        .asString()
        .startsWith("partial");
    assertThat(TOP.right().ofLevee().apply(answer)).isNotEqualTo(TOP.right().expected().get());
  }

  @Test
  void eitherOfTwoEquallyFrequentIsRight() {
    List<String> expected = TOP.right().expected().get();

    assertThat(TOP.judged(List.of("b 9", "a 5"))).isEqualTo(expected);
    assertThat(TOP.judged(List.of("b 9", "c 5"))).isEqualTo(expected);
    assertThat(TOP.judged(List.of("b 9", "c 4"))).isNotEqualTo(expected);
    assertThat(TOP.judged(List.of("b 9", "d 5"))).isNotEqualTo(expected);
    assertThat(TOP.judged(List.of("b 9"))).isNotEqualTo(expected);
  }

  @Test
  void readsBothHistograms() {
    Json.Obj levee =
        json(
            """
            {"buckets":[{"start":"2026-11-15T12:00:00Z","events":3,"levels":{"info":2,"error":1}},
                        {"start":"2026-11-15T13:00:00Z","events":0,"levels":{}}]}\
            """);
    Json.Obj openSearch =
        json(
            """
            {"aggregations":{"by":{"buckets":[{"key":1763208000000,"doc_count":3,
              "levels":{"buckets":[{"key":"info","doc_count":2},{"key":"error","doc_count":1}]}}]}}}\
            """);

    assertThat(HistogramLines.ofLevee(levee))
        .containsExactly("2026-11-15T12:00:00Z [error=1, info=2]");
    assertThat(HistogramLines.ofOpenSearch(openSearch)).hasSize(1);
  }

  @Test
  void saysWhereAnswersPart() {
    List<String> expected = List.of("a 1", "b 2");

    assertThat(QueryRun.difference(expected, List.of("a 1", "b 2"))).isEmpty();
    assertThat(QueryRun.difference(expected, List.of("a 1", "b 3")))
        .hasValue("line 2 of 2: b 3 (expected: b 2, of 2)");
    assertThat(QueryRun.difference(expected, List.of("a 1"))).isPresent();
    assertThat(QueryRun.difference(expected, List.of("a 1", "b 2", "c 3"))).isPresent();
  }

  @Test
  void noTwoAskingsAreTheSame() {
    QueryQuestions questions = new QueryQuestions(corpus, Truth.of(corpus));
    for (QuestionKind kind : questions.all().subList(0, 3)) {
      Random random = new Random(7);
      Set<String> asked = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        asked.add(kind.next().apply(random).leveePath());
      }
      assertThat(asked).as(kind.name()).hasSize(50);
    }
  }

  @Test
  void findsQuestionsByTheirNames() {
    QueryQuestions questions = new QueryQuestions(corpus, Truth.of(corpus));

    assertThat(questions.startingWith("")).hasSize(7);
    assertThat(questions.startingWith("stats by")).hasSize(1);
    assertThatThrownBy(() -> questions.startingWith("x"))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("newest 100");
  }

  @Test
  void expectsSomethingOfEveryQuestion() {
    QueryQuestions questions = new QueryQuestions(corpus, Truth.of(corpus));
    for (QuestionKind kind : questions.all()) {
      Random random = new Random(7);
      long lines = 0;
      for (int i = 0; i < 4; i++) {
        lines += kind.next().apply(random).right().expected().get().size();
      }
      assertThat(lines).as(kind.name()).isPositive();
    }
  }
}
