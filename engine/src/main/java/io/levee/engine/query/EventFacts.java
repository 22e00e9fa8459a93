package io.levee.engine.query;

import io.levee.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event, laid out so that many queries can be asked about it, see {@link QueryMatcher}. Words
 * are cut when the first query wants them. Used by one thread.
 */
public final class EventFacts implements FieldVisitor {
  private final Map<String, List<String>> exact = new HashMap<>();
  private final Map<String, List<Words>> text = new HashMap<>();
  private final Map<String, List<Double>> numbers = new HashMap<>();
  private final Set<String> present = new HashSet<>();
  private final Set<String> running = new LinkedHashSet<>();
  private @Nullable List<Words> words;
  private final long timeNanos;

  private EventFacts(long timeNanos) {
    this.timeNanos = timeNanos;
  }

  /** Lays an event out. */
  public static EventFacts of(Event event) {
    EventFacts facts = new EventFacts(Values.nanos(event.time()));
    EventFields.visit(event, facts);
    return facts;
  }

  long timeNanos() {
    return timeNanos;
  }

  List<String> exact(String name) {
    return exact.getOrDefault(name, List.of());
  }

  List<Words> text(String name) {
    return text.getOrDefault(name, List.of());
  }

  List<Double> numbers(String name) {
    return numbers.getOrDefault(name, List.of());
  }

  List<Words> words() {
    if (words == null) {
      words = running.stream().map(Words::of).toList();
    }
    return words;
  }

  boolean has(String name) {
    return present.contains(name);
  }

  boolean identifiedBy(String value) {
    String folded = Values.fold(value).replace("-", "");
    return exact("id").contains(folded)
        || exact("trace_id").contains(folded)
        || exact("fingerprint").contains(folded);
  }

  @Override
  public void exact(String field, String value) {
    exact.computeIfAbsent(field, f -> new ArrayList<>()).add(Values.fold(value));
    present.add(field);
  }

  @Override
  public void text(String field, String value) {
    text.computeIfAbsent(field, f -> new ArrayList<>()).add(Words.of(value));
    present.add(field);
  }

  @Override
  public void number(String field, double value) {
    numbers.computeIfAbsent(field, f -> new ArrayList<>()).add(value + 0.0);
    present.add(field);
  }

  @Override
  public void leaf(String path, String value) {
    exact.computeIfAbsent(path, f -> new ArrayList<>()).add(Values.fold(value));
    double number = Values.number(value);
    if (!Double.isNaN(number)) {
      numbers.computeIfAbsent(path, f -> new ArrayList<>()).add(number);
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      present.add(path.substring(0, end));
    }
  }

  @Override
  public void words(String value) {
    running.add(value);
  }

  /**
   * The words of one value.
   *
   * @param parts in order
   * @param wholes what is tied together
   */
  record Words(List<String> parts, List<String> wholes) {
    static Words of(String value) {
      List<String> parts = new ArrayList<>();
      List<String> wholes = new ArrayList<>();
      WordScanner scanner = new WordScanner().reset(value);
      while (scanner.next()) {
        (scanner.whole() ? wholes : parts).add(scanner.word());
      }
      return new Words(parts, wholes);
    }

    boolean holds(List<String> phrase) {
      for (int at = 0; at + phrase.size() <= parts.size(); at++) {
        if (parts.subList(at, at + phrase.size()).equals(phrase)) {
          return true;
        }
      }
      return false;
    }

    boolean any(Predicate<String> predicate) {
      return parts.stream().anyMatch(predicate) || wholes.stream().anyMatch(predicate);
    }
  }
}
