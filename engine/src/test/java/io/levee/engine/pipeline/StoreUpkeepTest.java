package io.levee.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StoreUpkeepTest {
  private static final List<StoredEvent> EVENTS =
      IntStream.range(0, 100)
          .mapToObj(i -> new StoredEvent(("{" + i + "}").getBytes(StandardCharsets.UTF_8)))
          .toList();

  private final List<String> said = new ArrayList<>();
  private final List<StoredEvent> taken = new ArrayList<>();

  @Test
  void leavesOutOnlyWhatTheNewStoreCannotTake() {
    List<StoredEvent> poison = List.of(EVENTS.get(17), EVENTS.get(62));

    int leftOut =
        StoreUpkeep.give(
            EVENTS,
            batch -> {
              if (batch.stream().anyMatch(poison::contains)) {
                throw new IllegalArgumentException("too odd");
              }
              taken.addAll(batch);
            },
            said::add);

    assertThat(leftOut).isEqualTo(2);
    assertThat(taken).hasSize(98).doesNotContainAnyElementsOf(poison);
    assertThat(said).hasSize(2).allSatisfy(line -> assertThat(line).contains("too odd"));
  }

  @Test
  void aStoreInTroubleEndsTheRebuild() {
    assertThatThrownBy(() ->
            StoreUpkeep.give(
                EVENTS,
                batch -> {
                  throw new BackendException.Unavailable("index", "rebuild", "disk full", null);
                },
                said::add))
        .isInstanceOf(BackendException.Unavailable.class);
  }
}
