package io.levee.engine.pipeline;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.run.BackendException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dead letters of one group for tests. */
final class HeapDeadLetters implements DeadLetters {
  final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  volatile int lettersMax = 1_000;

  List<Long> offsets() {
    return letters.stream().map(DeadLetter::offset).toList();
  }

  @Override
  public void add(String group, Delivery delivery, DeadLetter.Failure failure) {
    if (offsets().contains(delivery.offset())) {
      return;
    }
    if (letters.size() >= lettersMax) {
      throw new BackendException.OverCapacity("letters", "add", "full");
    }
    letters.add(
        new DeadLetter(
            100 + delivery.offset(),
            group,
            delivery.partition(),
            delivery.offset(),
            delivery.record(),
            failure));
  }

  @Override
  public List<DeadLetter> list(String group, long before, int limit) {
    return letters.reversed().stream().filter(one -> one.id() < before).limit(limit).toList();
  }

  @Override
  public Optional<DeadLetter> find(long id) {
    return letters.stream().filter(one -> one.id() == id).findFirst();
  }

  @Override
  public Map<String, Tally> tallies() {
    return Map.of("test", new Tally(letters.size(), letters.size()));
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
    return letters.removeIf(one -> one.id() == id);
  }

  @Override
  public int removeAll(String group, long upTo) {
    int before = letters.size();
    letters.removeIf(one -> one.id() <= upTo);
    return before - letters.size();
  }

  @Override
  public Limits limits() {
    return new Limits(lettersMax, 1 << 20);
  }
}
