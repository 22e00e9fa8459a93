package io.levee.bench.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The right answers, counted without any index: what a walk over all events' facts finds. Ranges
 * are of numbers, the end not included. Used by one thread.
 */
public final class Truth {
  /** Between two of these, counts are walked. */
  private static final int BLOCK_EVENTS = 8_192;

  private static final int HOURS = 24;

  private final Corpus corpus;

  /** For each block the counts before it, by level and hour, then by phrase and host. */
  private final List<int[]> before = new ArrayList<>();

  private final int[] customers = new int[Facts.CUSTOMERS];
  private final long[][] millis = new long[Words.LOGGERS.size()][Facts.MILLIS_MAX + 1];
  private final int levelCells = Facts.Severity.values().length * HOURS;
  private final int cells = levelCells + Words.PHRASES.size() * Words.HOSTS.size();

  private Truth(Corpus corpus) {
    this.corpus = corpus;
  }

  /** Walks over all events once: some seconds for ten million. */
  public static Truth of(Corpus corpus) {
    Truth truth = new Truth(corpus);
    int[] counts = new int[truth.cells];
    for (long number = 0; number < corpus.events(); number++) {
      if (number % BLOCK_EVENTS == 0) {
        truth.before.add(counts.clone());
      }
      Facts event = corpus.facts(number);
      truth.count(event, counts);
      truth.customers[event.customer()]++;
      truth.millis[event.logger()][event.millis()]++;
    }
    truth.before.add(counts);
    return truth;
  }

  private void count(Facts event, int[] counts) {
    counts[event.level().place() * HOURS + Corpus.hour(event.epochMillis())]++;
    counts[levelCells + event.phrase() * Words.HOSTS.size() + event.host()]++;
  }

  /** All counts of the events before a number. */
  private int[] upTo(long number) {
    int block = (int) (number / BLOCK_EVENTS);
    int[] counts = before.get(block).clone();
    for (long n = (long) block * BLOCK_EVENTS; n < number; n++) {
      count(corpus.facts(n), counts);
    }
    return counts;
  }

  private int[] between(long from, long to) {
    int[] counts = upTo(to);
    int[] less = upTo(from);
    for (int i = 0; i < counts.length; i++) {
      counts[i] -= less[i];
    }
    return counts;
  }

  /** Events of a level by the hour of the day. */
  public long[] byHour(Facts.Severity level, long from, long to) {
    int[] counts = between(from, to);
    int first = level.place() * HOURS;
    return LongStream.range(0, HOURS).map(hour -> counts[first + (int) hour]).toArray();
  }

  /** Events by level, in the order of the levels. */
  public long[] byLevel(long from, long to) {
    int[] counts = between(from, to);
    long[] levels = new long[Facts.Severity.values().length];
    for (int i = 0; i < levelCells; i++) {
      levels[i / HOURS] += counts[i];
    }
    return levels;
  }

  /** Events with a phrase, by host. */
  public long[] byHost(int phrase, long from, long to) {
    int[] counts = between(from, to);
    int first = levelCells + phrase * Words.HOSTS.size();
    return LongStream.range(0, Words.HOSTS.size())
        .map(host -> counts[first + (int) host])
        .toArray();
  }

  /** Events by customer, of all from a number that is not far from the first. */
  public int[] byCustomer(long from) {
    int[] counts = customers.clone();
    for (long number = 0; number < from; number++) {
      counts[corpus.facts(number).customer()]--;
    }
    return counts;
  }

  /** The numbers of the last events before {@code to} that match, the last first. */
  public List<Long> newest(Predicate<Facts> filter, long to, int limit) {
    List<Long> found = new ArrayList<>();
    for (long number = to - 1; number >= 0 && found.size() < limit; number--) {
      if (filter.test(corpus.facts(number))) {
        found.add(number);
      }
    }
    return found;
  }

  /** The numbers of all events with a rare word, the last first. */
  public List<Long> withRare(int word) {
    List<Long> numbers = new ArrayList<>();
    for (long n = Corpus.rareFirst(word); n < corpus.events(); n += Corpus.rareStep()) {
      numbers.add(n);
    }
    return numbers.reversed();
  }

  /** The numbers of all events with the trace of this one, the last first. */
  public List<Long> withTraceOf(long number) {
    long first = number - number % Corpus.traceEvents();
    long end = Math.min(corpus.events(), first + Corpus.traceEvents());
    return LongStream.range(first, end).boxed().sorted(Collections.reverseOrder()).toList();
  }

  /**
   * How many events, and the sum of what they say they took.
   *
   * @param sum milliseconds
   */
  public record Taken(long events, long sum) {}

  /** Of the events of some loggers that took so long. */
  public Taken taken(Set<Integer> loggers, int millisMin, int millisEnd) {
    long events = 0;
    long sum = 0;
    for (int logger : loggers) {
      for (int took = millisMin; took < millisEnd; took++) {
        events += millis[logger][took];
        sum += millis[logger][took] * took;
      }
    }
    return new Taken(events, sum);
  }

  /** How many values of the tag {@code customer} there are. */
  public long customers() {
    return Arrays.stream(customers).filter(count -> count > 0).count();
  }
}
