package io.levee.edge.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.decode.DecodeContext;
import io.levee.edge.decode.Decoded;
import io.levee.edge.fake.Golden;
import io.levee.event.CanonicalJson;
import io.levee.event.Event;
import io.levee.event.ProjectId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that a stranger sends makes the decoder throw, or keeps it busy. */
class SentryGarbageTest {
  private static final int MUTATIONS = 10_000;
  private static final long MILLIS_MAX = 50;
  private static final DecodeContext CONTEXT =
      new DecodeContext(new ProjectId(1), Instant.parse("2026-11-21T23:45:00Z"), null);
  private static final List<String> SNIPPETS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\n",
          ":",
          ",",
          "null",
          "true",
          "-1",
          "1e999999999",
          "\\u0000",
          "\\ud800",
          "{}",
          "[]",
          "\"length\":",
          "\"values\":",
          "9".repeat(400),
          "\u0000",
          "\r");

  private final SentryDecoder decoder = new SentryDecoder(EnvelopeLimits.DEFAULT, new Random(1));

  @Test
  void mutatedEnvelopesNeverThrow() {
    long seed = 20261121;
    Random random = new Random(seed);
    List<Golden> goldens =
        Golden.startingWith("sentry-").stream()
            .filter(golden -> golden.body().length < 40_000)
            .toList();
    goldens.forEach(golden -> decoder.envelope(golden.body(), CONTEXT));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long slowestNanos = 0;
    int decoded = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = mutated(goldens.get(random.nextInt(goldens.size())).body(), random);
      // The thread's own time: the machine has other things to do.
      long start = threads.getCurrentThreadCpuTime();
      Decoded result = i % 5 == 0 ? decoder.store(body, CONTEXT) : decoder.envelope(body, CONTEXT);
      slowestNanos = Math.max(slowestNanos, threads.getCurrentThreadCpuTime() - start);
      decoded += written(result);
    }

    assertThat(decoded).as("seed %s", seed).isPositive();
    assertThat(slowestNanos / 1_000_000).as("seed %s", seed).isLessThan(MILLIS_MAX);
  }

  /** What comes through can be written and read again. */
  private static int written(Decoded result) {
    if (!(result instanceof Decoded.Events events)) {
      return 0;
    }
    for (Event event : events.events()) {
      CanonicalJson.read(CanonicalJson.write(event));
    }
    return events.events().size();
  }

  private static byte[] mutated(byte[] body, Random random) {
    byte[] bytes = body.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    if (bytes.length < 2) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        bytes[at] = (byte) random.nextInt();
        yield bytes;
      }
      case 2 -> spliced(bytes, at, SNIPPETS.get(random.nextInt(SNIPPETS.size())), 0);
      case 3 -> spliced(bytes, at, "", random.nextInt(bytes.length - at));
      default -> spliced(bytes, at, new String(bytes, StandardCharsets.ISO_8859_1), 1);
    };
  }

  private static byte[] spliced(byte[] bytes, int at, String in, int out) {
    byte[] middle = in.getBytes(StandardCharsets.ISO_8859_1);
    byte[] result = new byte[bytes.length + middle.length - out];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(middle, 0, result, at, middle.length);
    System.arraycopy(bytes, at + out, result, at + middle.length, bytes.length - at - out);
    return result;
  }

  private Decoded envelopeOf(String payload) {
    String text = "{}\n{\"type\":\"event\"}\n" + payload;
    return decoder.envelope(text.getBytes(StandardCharsets.ISO_8859_1), CONTEXT);
  }

  @Test
  void refusesDeepNesting() {
    assertThat(envelopeOf("[".repeat(100_000))).isInstanceOf(Decoded.TooLarge.class);
    assertThat(envelopeOf("{\"a\":".repeat(100_000))).isInstanceOf(Decoded.TooLarge.class);
    assertThat(decoder.envelope("{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8), CONTEXT))
        .isInstanceOf(Decoded.TooLarge.class);
  }

  @Test
  void refusesHugeCounts() {
    assertThat(envelopeOf("{\"a\":[" + "1,".repeat(300_000) + "1]}"))
        .isInstanceOf(Decoded.TooLarge.class);
    StringBuilder fields = new StringBuilder("{\"a\":1");
    for (int i = 0; i < 3_000; i++) {
      fields.append(",\"k").append(i).append("\":1");
    }
    assertThat(envelopeOf(fields + "}")).isInstanceOf(Decoded.TooLarge.class);
    String items = "{\"type\":\"zork\"}\n\n".repeat(2_000);
    assertThat(decoder.envelope(("{}\n" + items).getBytes(StandardCharsets.UTF_8), CONTEXT))
        .isInstanceOf(Decoded.TooLarge.class);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThat(envelopeOf("{\"message\":\"\u00ff\u00fe\"}")).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void takesTheLastOfDuplicateKeys() {
    Decoded.Events decoded =
        (Decoded.Events) envelopeOf("{\"message\":\"one\",\"message\":\"two\"}");

    assertThat(decoded.events().getFirst().title()).isEqualTo("two");
  }

  @Test
  void keepsDeepExceptionTreesFlat() {
    StringBuilder values = new StringBuilder("{\"exception\":{\"values\":[{\"type\":\"E\"}");
    for (int i = 0; i < 5_000; i++) {
      values
          .append(",{\"type\":\"E\",\"mechanism\":{\"exception_id\":")
          .append(i)
          .append(",\"parent_id\":")
          .append(i + 1)
          .append("}}");
    }
    Decoded.Events decoded = (Decoded.Events) envelopeOf(values + "]}}");

    assertThat(decoded.events().getFirst().exceptions()).hasSize(5_001);
  }
}
