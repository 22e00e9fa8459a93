package io.levee.engine.query.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.query.eval.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupOrderTest {
  private static Row[] rows(int count) {
    Random random = new Random(count);
    Set<String> values = new LinkedHashSet<>();
    while (values.size() < count) {
      String word = random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "v" : "V";
      values.add(word + random.nextInt(1_000_000));
    }
    return values.stream()
        .map(value -> Pipes.weighted(1 + random.nextInt(9), "key", value))
        .toArray(Row[]::new);
  }

  @Test
  void putsAnyNumberOfGroupsInOrder() {
    for (int count : new int[] {0, 1, 300, 45_000}) {
      List<Value> keys =
          Pipes.run("stats count by key | table key", rows(count)).stream()
              .map(line -> Value.text(line.substring("key=".length())))
              .toList();

      assertThat(keys).hasSize(count).isSortedAccordingTo(Value.ORDER);
    }
  }

  /** Choosing before sorting gives what sorting all and cutting gives, equal ones included. */
  @Test
  void choosesWhatSortingAllWouldLeave() {
    Row[] rows = rows(500);
    for (String sort : List.of("-count", "count", "-count key", "-key")) {
      for (int limit : new int[] {1, 10, 100, 400}) {
        List<String> chosen =
            Pipes.run("stats count by key | sort " + limit + " " + sort, rows(500));
        List<String> all = Pipes.run("stats count by key | sort 0 " + sort, rows(500));

        assertThat(chosen).isEqualTo(all.subList(0, limit));
      }
    }
    for (String command : List.of("top", "rare")) {
      List<String> all = new ArrayList<>(Pipes.run(command + " limit=0 key", rows));

      assertThat(Pipes.run(command + " limit=7 key", rows(500))).isEqualTo(all.subList(0, 7));
    }
  }
}
