package io.levee.console;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Letters in a list. Thread-safe. */
final class MemoryDeadLetters implements DeadLetters {
  private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

  @Override
  public void add(String group, Delivery delivery, DeadLetter.Failure failure) {
    letters.add(
        new DeadLetter(
            letters.size() + 1L,
            group,
            delivery.partition(),
            delivery.offset(),
            delivery.record(),
            failure));
  }

  @Override
  public List<DeadLetter> list(String group, long before, int limit) {
    return letters.reversed().stream()
        .filter(letter -> letter.group().equals(group) && letter.id() < before)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<DeadLetter> find(long id) {
    return letters.stream().filter(letter -> letter.id() == id).findFirst();
  }

  @Override
  public Map<String, Tally> tallies() {
    return letters.stream()
        .collect(
            Collectors.groupingBy(
                DeadLetter::group,
                Collectors.collectingAndThen(
                    Collectors.toList(), all -> new Tally(all.size(), 1_000L * all.size()))));
  }

  @Override
  public void failedAgain(long id, DeadLetter.Failure failure) {
    letters.replaceAll(one ->
        one.id() == id
            ? new DeadLetter(id, one.group(), one.partition(), one.offset(), one.record(), failure)
            : one);
  }

  @Override
  public boolean remove(long id) {
    return letters.removeIf(letter -> letter.id() == id);
  }

  @Override
  public int removeAll(String group, long upTo) {
    int before = letters.size();
    letters.removeIf(letter -> letter.group().equals(group) && letter.id() <= upTo);
    return before - letters.size();
  }

  @Override
  public Limits limits() {
    return Limits.DEFAULT;
  }
}
