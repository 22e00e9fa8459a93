package io.levee.engine.query.pipe;

import static io.levee.engine.query.pipe.Pipes.row;
import static io.levee.engine.query.pipe.Pipes.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code stats}. */
final class StatsTest {
  @Test
  void addsUpByAField() {
    assertThat(
            Pipes.run(
                "stats count, sum(n) as total by host",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("host=a count=2 total=4", "host=b count=1 total=2");
  }

  @Test
  void countsByWeight() {
    assertThat(Pipes.run("stats count, avg(n)", weighted(9, "n", 1), weighted(1, "n", 11)))
        .containsExactly("count=10 avg(n)=2");
  }

  @Test
  void countsConditionsAndValues() {
    assertThat(
            Pipes.run(
                "stats count(eval(n>1)) as big, dc(host), values(host) as hosts",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly("big=2 dc(host)=2 hosts=a+b");
  }

  @Test
  void givesARowWithoutRows() {
    assertThat(Pipes.run("stats count")).containsExactly("count=0");
  }

  @Test
  void countsEachOfSeveralValues() {
    assertThat(Pipes.run("stats count by tag", row("tag", List.of("x", "y")), row("tag", "x")))
        .containsExactly("tag=x count=2", "tag=y count=1");
  }

  @Test
  void knowsSpreadAndPlaces() {
    assertThat(
            Pipes.run(
                "stats min(n), max(n), range(n), median(n), p90(n), stdev(n), mode(host)",
                row("host", "a", "n", 1),
                row("host", "b", "n", 2),
                row("host", "a", "n", 3)))
        .containsExactly(
            "min(n)=1 max(n)=3 range(n)=2 median(n)=2 p90(n)=3 stdev(n)=1 mode(host)=a");
  }

  @Test
  void knowsFirstAndLast() {
    assertThat(
            Pipes.run(
                "stats first(n), last(n), earliest(n), latest(n)",
                row("_time", 30, "n", 1),
                row("_time", 10, "n", 2),
                row("_time", 20, "n", 3)))
        .containsExactly("first(n)=1 last(n)=3 earliest(n)=2 latest(n)=1");
  }

  @Test
  void ratesSatisfaction() {
    assertThat(
            Pipes.run(
                "stats apdex(d, 100)", row("d", 50), row("d", 300), row("d", 900), row("d", 100)))
        .containsExactly("apdex(d, 100)=0.625");
  }
}
