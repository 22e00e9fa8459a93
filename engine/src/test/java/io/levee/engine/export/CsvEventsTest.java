package io.levee.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CsvEventsTest {
  @Test
  void noValueIsAFormula() {
    assertThat(CsvEvents.cell("=HYPERLINK(1)")).isEqualTo("'=HYPERLINK(1)");
    assertThat(CsvEvents.cell("+1")).isEqualTo("'+1");
    assertThat(CsvEvents.cell("-1")).isEqualTo("'-1");
    assertThat(CsvEvents.cell("@SUM(A1)")).isEqualTo("'@SUM(A1)");
    assertThat(CsvEvents.cell("\tx")).isEqualTo("'\tx");
    assertThat(CsvEvents.cell("\r=x")).isEqualTo("\"'\r=x\"");
    assertThat(CsvEvents.cell("\u0000\u0001=x")).isEqualTo("'=x");
    assertThat(CsvEvents.cell("a=b")).isEqualTo("a=b");
    assertThat(CsvEvents.cell(null)).isEmpty();
  }

  @Test
  void quotesAsRfc4180Says() {
    assertThat(CsvEvents.cell("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvEvents.cell("say \"no\"")).isEqualTo("\"say \"\"no\"\"\"");
    assertThat(CsvEvents.cell("two\nlines")).isEqualTo("\"two\nlines\"");
  }

  @Test
  void everyLineHasAsManyValuesAsTheFirst() {
    Event event =
        Event.builder(new EventId(1, 2), new ProjectId(1))
            .time(Instant.EPOCH)
            .received(Instant.EPOCH)
            .title("=cmd|x")
            .tags(Map.of("a", "b"))
            .build();

    String line = new String(CsvEvents.line(event), StandardCharsets.UTF_8);

    assertThat(line).contains(",'=cmd|x,").endsWith(",\"{\"\"a\"\":\"\"b\"\"}\"\r\n");
    assertThat(line.chars().filter(c -> c == ',').count())
        .isEqualTo(
            new String(CsvEvents.HEAD, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == ',')
                .count());
  }
}
