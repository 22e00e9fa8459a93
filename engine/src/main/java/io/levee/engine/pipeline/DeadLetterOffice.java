package io.levee.engine.pipeline;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people do with dead letters: look at them, have them delivered again, or throw them away.
 * Thread-safe; failures are BackendExceptions.
 */
public final class DeadLetterOffice {
  private static final int BATCH = 100;

  private final DeadLetters letters;
  private final Map<String, Replay> groups;

  /** Delivers letters of one group to its subscriber again. */
  @FunctionalInterface
  public interface Replay {
    Replayed replay(List<DeadLetter> letters) throws InterruptedException;
  }

  /**
   * @param groups every subscriber's, in the order in which pages show them
   */
  public DeadLetterOffice(DeadLetters letters, Map<String, Replay> groups) {
    this.letters = letters;
    this.groups = new LinkedHashMap<>(groups);
  }

  /** The names of all groups, whether they have letters or not. */
  public Set<String> groups() {
    return Set.copyOf(groups.keySet());
  }

  /** How much each group keeps, groups in order. */
  public Map<String, DeadLetters.Tally> tallies() {
    Map<String, DeadLetters.Tally> kept = letters.tallies();
    Map<String, DeadLetters.Tally> all = new LinkedHashMap<>();
    groups.keySet().forEach(g -> all.put(g, kept.getOrDefault(g, DeadLetters.Tally.NOTHING)));
    return all;
  }

  /** What one group may keep. */
  public DeadLetters.Limits limits() {
    return letters.limits();
  }

  /**
   * Letters of a group.
   *
   * @param next what the next page is before; null when there is none
   */
  public record Page(List<DeadLetter> letters, @Nullable Long next) {
    public Page {
      letters = List.copyOf(letters);
    }
  }

  /**
   * The newest first.
   *
   * @param before only those with smaller ids; {@link Long#MAX_VALUE} for all
   * @param limit how many at most; fewer when their events are large
   */
  public Page list(String group, long before, int limit) {
    List<DeadLetter> page = letters.list(group, before, limit);
    boolean more = !page.isEmpty() && !letters.list(group, page.getLast().id(), 1).isEmpty();
    return new Page(page, more ? page.getLast().id() : null);
  }

  /** One letter; empty when there is none with this id. */
  public Optional<DeadLetter> find(long id) {
    return letters.find(id);
  }

  /** Delivers one again; null when there is none with this id. */
  public @Nullable Replayed replay(long id) throws InterruptedException {
    Optional<DeadLetter> letter = letters.find(id);
    return letter.isEmpty() ? null : replay(letter.get().group(), List.of(letter.get()));
  }

  /**
   * Delivers every letter that a group has now, the newest first; stops when its store is in
   * trouble.
   */
  public Replayed replayAll(String group) throws InterruptedException {
    Replayed all = Replayed.NOTHING;
    long before = Long.MAX_VALUE;
    while (true) {
      List<DeadLetter> batch = letters.list(group, before, BATCH);
      if (batch.isEmpty()) {
        return all;
      }
      Replayed some = replay(group, batch);
      all = all.plus(some);
      boolean inVain = some.failed() == batch.size() && batch.size() == BATCH;
      if (inVain) {
        return all; // A whole batch: the cause is not mended, or the store does not answer.
      }
      before = batch.getLast().id();
    }
  }

  private Replayed replay(String group, List<DeadLetter> batch) throws InterruptedException {
    Replay replay = groups.get(group);
    return replay == null
        ? Replayed.failed(batch.size(), group + ": no such subscriber (expected: " + groups() + ")")
        : replay.replay(batch);
  }

  /** Throws one away; false when there is none with this id. */
  public boolean discard(long id) {
    return letters.remove(id);
  }

  /** Throws away what a group has now; how many they were. */
  public int discardAll(String group) {
    List<DeadLetter> newest = new ArrayList<>(letters.list(group, Long.MAX_VALUE, 1));
    return newest.isEmpty() ? 0 : letters.removeAll(group, newest.getFirst().id());
  }
}
