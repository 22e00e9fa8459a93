package io.levee.bench.corpus;

import java.time.Duration;
import java.time.Instant;

/**
 * A numbered row of events: each is later than the one before, by at least a millisecond.
 *
 * @param seed of all that is random in them
 * @param events how many there are; numbers go from 0
 * @param start when the first happened, in whole milliseconds
 * @param spread until the end of the last
 */
public record Corpus(long seed, long events, Instant start, Duration spread) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int TRACE_EVENTS = 4;
  private static final int RARE_EVERY = 5_000;
  private static final int RARE_PLACE = 17;
  private static final int HOT_CUSTOMERS = 1_000;
  private static final long CUSTOMER_STEP = 7_368_787;
  private static final int EVENING_HOUR = 21;
  private static final long MILLIS_PER_HOUR = 3_600_000;

  /** Of so many events one lies beside another in a neighbouring project. */
  private static final int NEIGHBOUR_EVERY = 20;

  public Corpus {
    if (events < 1 || spread.toMillis() < events || spread.compareTo(Duration.ofDays(80)) > 0) {
      throw new IllegalArgumentException(
          "events: "
              + events
              + " over "
              + spread
              + " (expected: at least one, a millisecond each, at most 80 days)");
    }
  }

  /** When an event happened, in milliseconds since 1970. */
  public long timeMillis(long number) {
    return start.toEpochMilli() + number * spread.toMillis() / events;
  }

  /** The number of the first event that is not before a moment; {@link #events} when none is. */
  public long firstAt(long epochMillis) {
    long after = epochMillis - start.toEpochMilli();
    if (after <= 0) {
      return 0;
    }
    return after >= spread.toMillis() ? events : Math.ceilDiv(after * events, spread.toMillis());
  }

  /** When the next event after the last would be. */
  public Instant end() {
    return start.plus(spread);
  }

  /** What an event is made of. */
  public Facts facts(long number) {
    long dice = mix(seed + number * GOLDEN);
    long more = mix(dice + GOLDEN);
    long epochMillis = timeMillis(number);
    Facts.Kind kind = kind(bits(dice, 0, 100), hour(epochMillis));
    return new Facts(
        number,
        epochMillis,
        kind,
        level(kind, bits(dice, 10, 100)),
        skewed(part(dice), Words.HOSTS.size()),
        environment(bits(more, 0, 100)),
        (int) (number * Words.RELEASES.size() / events),
        bits(more, 10, Words.LOGGERS.size()),
        skewed(part(more), Words.PHRASES.size()),
        millis(part(mix(more))),
        customer(number, dice, more),
        rare(number),
        dice,
        more);
  }

  /**
   * In which neighbouring project, 0 or 1, another event lies beside this one; {@link Facts#NONE}
   * for most.
   */
  public int neighbour(long number) {
    return number % NEIGHBOUR_EVERY == 7 ? (int) (number / NEIGHBOUR_EVERY % 2) : Facts.NONE;
  }

  /** Events of neighbouring projects, together. */
  public long neighbours() {
    return (events + NEIGHBOUR_EVERY - 8) / NEIGHBOUR_EVERY;
  }

  /** The id of an event, 32 hex digits. */
  public String id(long number) {
    return hex(mix(seed ^ mix(number))) + hex(mix(seed + mix(~number)));
  }

  /** The trace that an event belongs to, with the three of its group. */
  public String trace(long number) {
    long group = number / TRACE_EVENTS;
    return hex(mix(seed ^ (group * GOLDEN + 1))) + hex(mix(seed ^ (group * GOLDEN + 2)));
  }

  /** Events of a trace; the last group may have fewer. */
  public static int traceEvents() {
    return TRACE_EVENTS;
  }

  /** The first event with a rare word; the next with the same follows after {@link #rareStep}. */
  static long rareFirst(int word) {
    return RARE_PLACE + (long) word * RARE_EVERY;
  }

  static long rareStep() {
    return (long) RARE_EVERY * Words.RARE.size();
  }

  /** The hour of the day, UTC. */
  public static int hour(long epochMillis) {
    return (int) (Math.floorDiv(epochMillis, MILLIS_PER_HOUR) % 24);
  }

  /** Every evening at nine a database falls over. */
  private static Facts.Kind kind(int percent, int hour) {
    if (percent < (hour == EVENING_HOUR ? 30 : 10)) {
      return Facts.Kind.ERROR;
    }
    return percent < 80 ? Facts.Kind.LOG : Facts.Kind.TRANSACTION;
  }

  private static Facts.Severity level(Facts.Kind kind, int percent) {
    return switch (kind) {
      case ERROR -> percent < 5 ? Facts.Severity.FATAL : Facts.Severity.ERROR;
      case TRANSACTION -> Facts.Severity.INFO;
      case LOG -> {
        if (percent < 20) {
          yield Facts.Severity.DEBUG;
        } else if (percent < 80) {
          yield Facts.Severity.INFO;
        }
        yield percent < 95 ? Facts.Severity.WARNING : Facts.Severity.ERROR;
      }
    };
  }

  private static int environment(int percent) {
    if (percent < 85) {
      return 0;
    }
    return percent < 95 ? 1 : 2;
  }

  /** The first are the most frequent. */
  private static int skewed(double part, int size) {
    return (int) (size * part * part);
  }

  /** 1 to {@link Facts#MILLIS_MAX}, mostly short. */
  private static int millis(double part) {
    return 1 + (int) ((Facts.MILLIS_MAX - 1) * part * part * part * part);
  }

  /** Seven of eight go round all customers, one in eight is from a few that buy much. */
  private static int customer(long number, long dice, long more) {
    return bits(dice, 20, 8) == 0
        ? bits(more, 20, HOT_CUSTOMERS)
        : (int) ((number * CUSTOMER_STEP + 13) % Facts.CUSTOMERS);
  }

  private static int rare(long number) {
    return number % RARE_EVERY == RARE_PLACE
        ? (int) (number / RARE_EVERY % Words.RARE.size())
        : Facts.NONE;
  }

  private static int bits(long dice, int shift, int bound) {
    return (int) Long.remainderUnsigned(dice >>> shift, bound);
  }

  /** The upper bits as a part of one. */
  private static double part(long dice) {
    return (dice >>> 11) * 0x1.0p-53;
  }

  private static String hex(long value) {
    return java.util.HexFormat.of().toHexDigits(value);
  }

  /** Stafford's variant 13 of the finalizer in MurmurHash3. */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
