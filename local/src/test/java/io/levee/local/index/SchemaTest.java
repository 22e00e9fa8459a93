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

  @Test
  void packedTracesLieInTheirOrder() {
    Random random = new Random(3);
    EventId last = new EventId(random.nextLong(), random.nextLong());
    for (int i = 0; i < 1000; i++) {
      EventId next = new EventId(i % 2 == 0 ? last.high() : random.nextLong(), random.nextLong());
      String one = Schema.exact("trace_id", last.toString());
      String other = Schema.exact("trace_id", next.toString());

      assertThat(Integer.signum(one.compareTo(other))).isEqualTo(last.compareTo(next));
      for (int digits = 0; digits <= 32; digits++) {
        assertThat(other)
            .startsWith(
                "trace_id\u001F" + Schema.packedPrefix(next.toString().substring(0, digits)));
      }
      last = next;
    }
  }

  @Test
  void readsBackTracesAsTheyWerePackedBefore() {
    String trace = new EventId(0x8123456789ABCDEFL, 0xFEDCBA9876543210L).toString();

    assertThat(Schema.unpacked(Schema.exactBefore("trace_id", trace).substring(9)))
        .isEqualTo(trace);
    assertThat(Schema.exactBefore("trace_id", trace)).isNotEqualTo(Schema.exact("trace_id", trace));
  }
}
