package io.levee.console;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Letters in a list. Thread-safe. */
final class MemoryDeadLetters implements DeadLetters {
  private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

  @Override
  public void add(String group, Delivery delivery, int attempts, String cause, Instant time) {
    letters.add(
        new DeadLetter(
            letters.size() + 1L,
            group,
            delivery.partition(),
            delivery.offset(),
            delivery.record(),
            attempts,
            cause,
            time));
  }

  @Override
  public List<DeadLetter> list(String group, int limit) {
    return letters.reversed().stream()
        .filter(letter -> letter.group().equals(group))
        .limit(limit)
        .toList();
  }

  @Override
  public Map<String, Long> counts() {
    return letters.stream()
        .collect(Collectors.groupingBy(DeadLetter::group, Collectors.counting()));
  }

  @Override
  public boolean remove(long id) {
    return letters.removeIf(letter -> letter.id() == id);
  }
}
