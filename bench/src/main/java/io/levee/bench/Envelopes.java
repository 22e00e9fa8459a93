package io.levee.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Makes whole HTTP requests that carry one envelope each, cheaply: the text is prepared once an
 * issue, and only ids, times and numbers are written anew. The event's id follows from seed and
 * sequence number, so that a request can be made again after a crash. Used by one thread; threads
 * share a seed, never an instance.
 */
final class Envelopes {
  static final int USERS = 100;

  private static final String SHARD_USUAL = "eu-west-1a-00002";

  /** What {@link #mix} is stepped by. */
  static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final int CRUMBS = 5;

  private final long seed;
  private final Clock clock;
  private final Template[] templates = new Template[EnvelopeText.ISSUES];
  private long second = Long.MIN_VALUE;
  private byte[] secondText = new byte[0];

  Envelopes(Target target, long seed, Clock clock) {
    this(target, seed, clock, 0);
  }

  /**
   * @param eventBytes that each event has at least
   */
  Envelopes(Target target, long seed, Clock clock, int eventBytes) {
    this.seed = seed;
    this.clock = clock;
    for (int issue = 0; issue < templates.length; issue++) {
      templates[issue] = new Template(target, new EnvelopeText(issue, eventBytes));
    }
  }

  private Envelopes(Envelopes other) {
    this.seed = other.seed;
    this.clock = other.clock;
    for (int issue = 0; issue < templates.length; issue++) {
      templates[issue] = new Template(other.templates[issue]);
    }
  }

  /** The same requests for another thread; far cheaper than making them anew. */
  Envelopes copy() {
    return new Envelopes(this);
  }

  /**
   * The request of a sequence number. The buffer is ours and holds it until the next call of an
   * event of the same issue.
   */
  ByteBuffer request(long sequence) {
    return request(sequence, SHARD_USUAL);
  }

  /**
   * The same with a value of its own in the tag {@code shard}.
   *
   * @param shard 16 letters
   */
  ByteBuffer request(long sequence, String shard) {
    Template template = template(sequence);
    template.patch(sequence, shard);
    return ByteBuffer.wrap(template.text.bytes());
  }

  /** Bytes of JSON that the event of a sequence number has: the envelope's item alone. */
  int eventBytes(long sequence) {
    return template(sequence).eventBytes;
  }

  /** The event's id of a sequence number: 32 hex digits, another for each number of a seed. */
  static String eventId(long seed, long sequence) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high(seed, sequence)) + hex.toHexDigits(low(seed, sequence));
  }

  private Template template(long sequence) {
    return templates[(int) Long.remainderUnsigned(mix(seed ^ sequence), templates.length)];
  }

  /** SplitMix64's finalizer: one to one, so that distinct numbers stay distinct. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long high(long seed, long sequence) {
    return mix(seed + sequence * GOLDEN);
  }

  private static long low(long seed, long sequence) {
    return mix(~seed + sequence * GOLDEN);
  }

  private byte[] secondText(long epochSecond) {
    if (epochSecond != second) {
      second = epochSecond;
      String text = Instant.ofEpochSecond(epochSecond).toString();
      secondText = text.substring(0, text.length() - 1).getBytes(StandardCharsets.US_ASCII);
    }
    return secondText;
  }

  /** The request of one issue, with the places of what changes. */
  private final class Template {
    private final Patched text;
    private final int eventBytes;
    private final int[] eventIds;
    private final int[] traceIds;
    private final int[] spanIds;
    private final int[] sentAts;
    private final int[] timestamps;
    private final int[][] crumbTimestamps = new int[CRUMBS][];
    private final int[] users;
    private final int[] orders;
    private final int[] millis;
    private final int[] shards;

    Template(Target target, EnvelopeText envelope) {
      String body = envelope.envelope();
      this.text = new Patched(head(target, utf8Length(body)) + body);
      this.eventBytes = utf8Length(envelope.event());
      this.eventIds = text.places(EnvelopeText.EVENT_ID);
      this.traceIds = text.places(EnvelopeText.TRACE_ID);
      this.spanIds = text.places(EnvelopeText.SPAN_ID);
      this.sentAts = text.places(EnvelopeText.SENT_AT);
      this.timestamps = text.places(EnvelopeText.TIMESTAMP);
      for (int i = 0; i < CRUMBS; i++) {
        crumbTimestamps[i] = text.places(EnvelopeText.CRUMB_TIMESTAMP.formatted(i));
      }
      this.users = text.places(EnvelopeText.USER);
      this.orders = text.places(EnvelopeText.ORDER);
      this.millis = text.places(EnvelopeText.MILLIS);
      this.shards = text.places(EnvelopeText.SHARD);
    }

    Template(Template other) {
      this.text = other.text.copy();
      this.eventBytes = other.eventBytes;
      this.eventIds = other.eventIds;
      this.traceIds = other.traceIds;
      this.spanIds = other.spanIds;
      this.sentAts = other.sentAts;
      this.timestamps = other.timestamps;
      System.arraycopy(other.crumbTimestamps, 0, crumbTimestamps, 0, CRUMBS);
      this.users = other.users;
      this.orders = other.orders;
      this.millis = other.millis;
      this.shards = other.shards;
    }

    private static int utf8Length(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String head(Target target, int bodyBytes) {
      return "POST /api/"
          + target.project()
          + "/envelope/ HTTP/1.1\r\nHost: "
          + target.host()
          + ":"
          + target.port()
          + "\r\nUser-Agent: levee-bench\r\nContent-Type: application/x-sentry-envelope\r\n"
          + "X-Sentry-Auth: Sentry sentry_version=7, sentry_client=levee-bench/1, sentry_key="
          + target.key()
          + "\r\nContent-Length: "
          + bodyBytes
          + "\r\n\r\n";
    }

    void patch(long sequence, String shard) {
      long high = high(seed, sequence);
      long low = low(seed, sequence);
      long random = mix(high + low);
      text.hex(eventIds, 0, high);
      text.hex(eventIds, 16, low);
      text.hex(traceIds, 0, mix(low));
      text.hex(traceIds, 16, mix(high));
      text.hex(spanIds, 0, random);
      text.decimal(users, 3, Long.remainderUnsigned(random, USERS));
      text.decimal(orders, 8, Long.remainderUnsigned(mix(random), 100_000_000));
      text.decimal(millis, 3, Long.remainderUnsigned(mix(~random), 1_000));
      text.ascii(shards, shard.getBytes(StandardCharsets.US_ASCII));
      patchTimes(clock.millis());
    }

    private void patchTimes(long epochMillis) {
      timestamp(timestamps, epochMillis);
      for (int i = 0; i < CRUMBS; i++) {
        timestamp(crumbTimestamps[i], epochMillis - (CRUMBS - i) * 137L);
      }
      text.ascii(sentAts, secondText(epochMillis / 1_000));
      for (int place : sentAts) {
        text.bytes()[place + 19] = '.';
        text.decimal(new int[] {place + 20}, 3, epochMillis % 1_000);
        text.bytes()[place + 23] = 'Z';
      }
    }

    private void timestamp(int[] places, long epochMillis) {
      for (int place : places) {
        text.decimal(new int[] {place}, 10, epochMillis / 1_000);
        text.bytes()[place + 10] = '.';
        text.decimal(new int[] {place + 11}, 3, epochMillis % 1_000);
      }
    }
  }
}
