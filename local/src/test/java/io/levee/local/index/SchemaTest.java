package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  @Test
  void readsBackWhatKeysHold() {
    Random random = new Random(1);
    for (long project : new long[] {1, 255, 256, 70_000, 999_999_999_999_999_999L}) {
      EventId id = EventId.random(random);

      assertThat(Schema.idOf(Schema.key(id, new ProjectId(project)))).isEqualTo(id.toString());
      assertThat(Schema.projectOf(Schema.key(id, new ProjectId(project))).value())
          .isEqualTo(project);
    }
  }

  @Test
  void readsBackPackedTraces() {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      String trace = new EventId(random.nextLong(), random.nextLong()).toString();
      String term = Schema.exact("trace_id", trace);

      assertThat(term).hasSizeLessThan("trace_id".length() + 22);
      assertThat(Schema.unpacked(term.substring("trace_id".length() + 1))).isEqualTo(trace);
    }
    assertThat(Schema.exact("trace_id", "mine")).endsWith("mine");
    assertThat(Schema.unpacked("mine")).isEqualTo("mine");
  }
}
