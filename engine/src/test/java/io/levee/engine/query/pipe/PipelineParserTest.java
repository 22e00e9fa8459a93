package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading of questions. */
final class PipelineParserTest {
  @Test
  void readsFilterTimesAndStages() {
    Pipeline pipeline =
        Pipes.read("ERROR type:/a|b/ \"x | y\" earliest=-24h@h latest=now | stats count by host");

    assertThat(QueryText.of(pipeline.filter()))
        .isEqualTo("(level:error AND type:/a|b/ AND \"x | y\")");
    assertThat(pipeline.earliest()).isEqualTo("-24h@h");
    assertThat(pipeline.range(Pipes.DAY, Pipes.SETTING))
        .isEqualTo(new TimeRange(Instant.parse("2026-11-20T12:00:00Z"), Pipes.NOON));
    assertThat(pipeline.stages())
        .extracting(Stage::show)
        .containsExactly("stats count as count by host");
  }

  @Test
  void readsRemarksAndAlternativesInTheFilter() {
    Pipeline pipeline = Pipes.read("a || b ```only | a remark``` | head 3");

    assertThat(QueryText.of(pipeline.filter())).isEqualTo("(a OR b)");
    assertThat(pipeline.stages()).hasSize(1);
  }

  @Test
  void saysWhereAndWhatWasMeant() {
    PipelineParser.Misread unknown = Pipes.misread("ERROR\n| statz count");

    assertThat(unknown.line()).isEqualTo(2);
    assertThat(unknown.column()).isEqualTo(3);
    assertThat(unknown.offending()).isEqualTo("statz");
    assertThat(unknown.suggestion()).isEqualTo("stats");
    assertThat(unknown.sentence()).contains("line 2, column 3", "did you mean stats?");
  }

  @Test
  void refusesWhatCannotBeAnswered() {
    assertThat(Pipes.misread("* | stats cuont").suggestion()).isEqualTo("count");
    assertThat(Pipes.misread("* | eval x=uper(host)").suggestion()).isEqualTo("upper");
    assertThat(Pipes.misread("* | timechart span=0h count").message()).contains("span: \"0h\"");
    assertThat(Pipes.misread("* | bin n span=0").message()).contains("span: \"0\"");
    assertThat(Pipes.misread("* | rex \"(?<x>\"").message()).contains("regular expression");
    assertThat(Pipes.misread("* | where match(host, \"(\")").message())
        .contains("regular expression");
    assertThat(Pipes.misread("* | stats avg by host").message()).contains("avg(x)");
    assertThat(Pipes.misread("* | stats apdex(duration)").message()).contains("threshold");
    assertThat(Pipes.misread("* | head 3 4").message()).contains("nothing more");
    assertThat(Pipes.misread("level:eror | head").suggestion()).isEqualTo("error");
    assertThat(Pipes.misread("* earliest=yesterdy | head").message()).contains("yesterdy");
    assertThat(Pipes.misread("* |").message()).contains("command");
    assertThat(Pipes.misread("* | append [* | head").message()).contains("bracket");
  }

  /** Pieces of questions at random: an answer or a reason, never an exception. */
  @Test
  void neverThrows() {
    Random random = new Random(5);
    List<String> pieces = new ArrayList<>(Commands.names());
    pieces.addAll(
        List.of(
            "|", "\"", "(", ")", "[", "]", "count", "by", "as", "=", ",", "host", "1h", "span=",
            "/", "\\", "```", "-", "*"));
    for (int i = 0; i < 3_000; i++) {
      StringBuilder question = new StringBuilder("* | ");
      for (int length = random.nextInt(12); length >= 0; length--) {
        question.append(pieces.get(random.nextInt(pieces.size())));
        question.append(random.nextBoolean() ? " " : "");
      }
      assertThat(PipelineParser.parse(question.toString())).isNotNull();
    }
  }

  @Test
  void boundsWhatStagesHold() {
    Row[] rows = new Row[50];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Pipes.row("n", i);
    }
    for (String stage :
        List.of(
            "stats count by n",
            "sort n",
            "dedup n",
            "transaction n",
            "eventstats count",
            "timechart count by n")) {
      List<String> partial = new ArrayList<>();
      if (stage.startsWith("timechart")) {
        for (int i = 0; i < rows.length; i++) {
          rows[i] = Pipes.row("n", i, "_time", Pipes.NOON.getEpochSecond());
        }
      }

      Pipes.run(partial, 10, stage, rows);

      assertThat(partial).as(stage).isNotEmpty();
    }
  }
}
