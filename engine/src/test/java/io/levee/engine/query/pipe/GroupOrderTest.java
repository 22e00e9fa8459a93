package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.eval.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupOrderTest {
  @Test
  void putsAnyNumberOfGroupsInOrder() {
    for (int count : new int[] {0, 1, 300, 45_000}) {
      Random random = new Random(count);
      Set<String> values = new LinkedHashSet<>();
      while (values.size() < count) {
        String word = random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "v" : "V";
        values.add(word + random.nextInt(1_000_000));
      }
      Row[] rows = values.stream().map(value -> Pipes.row("key", value)).toArray(Row[]::new);

      List<Value> keys =
          Pipes.run("stats count by key | table key", rows).stream()
              .map(line -> Value.text(line.substring("key=".length())))
              .toList();

      assertThat(keys).hasSize(count).isSortedAccordingTo(Value.ORDER);
    }
  }
}
