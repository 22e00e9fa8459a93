package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.event.Frame;
import io.levee.event.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StacksTest {
  private final Stacks stacks = new Stacks();

  private static Frame frame(String function, String file, int line, String variable) {
    return new Frame(
        function,
        "com.shop",
        file,
        null,
        line,
        null,
        true,
        "return null",
        List.of(),
        List.of(),
        Json.object("order", Json.text(variable)),
        Json.Obj.EMPTY);
  }

  private static List<Frame> one(String function, String file, int line, String variable) {
    return new ArrayList<>(List.of(frame(function, file, line, variable)));
  }

  /** The hash lies on disk: another for the same frames would make every stack a new one. */
  @Test
  void staysTheSameInEveryRun() {
    assertThat(stacks.of(one("pay", "Basket.java", 7, "a")))
        .isEqualTo(new Stacks().of(one("pay", "Basket.java", 7, "a")))
        .isEqualTo(new Stack(-1435936270977425910L, 4));
  }

  @Test
  void ignoresWhatGivesNoTermsAndVariables() {
    Stack stack = stacks.of(one("pay", "Basket.java", 7, "a"));

    assertThat(stacks.of(one("pay", "Basket.java", 8, "b"))).isEqualTo(stack);
  }

  @Test
  void differsWithEveryValueAndItsPlace() {
    List<List<Frame>> all =
        List.of(
            one("pay", "Basket.java", 7, "a"),
            one("pay", "Basket.jav", 7, "a"),
            one("payB", "asket.java", 7, "a"),
            one("Basket.java", "pay", 7, "a"),
            one("p\u00E4y", "Basket.java", 7, "a"),
            one("p\u4E2D", "Basket.java", 7, "a"),
            one("p\uD800", "Basket.java", 7, "a"),
            one("p?", "Basket.java", 7, "a"),
            one("", "Basket.java", 7, "a"),
            List.of(frame("pay", "Basket.java", 7, "a"), frame("pay", "Basket.java", 7, "a")));
    Set<Long> hashes = new HashSet<>();

    all.forEach(frames -> hashes.add(stacks.of(frames).hash()));

    assertThat(hashes).hasSize(all.size());
  }
}
