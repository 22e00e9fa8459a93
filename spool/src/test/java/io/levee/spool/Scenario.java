package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A short life of a spool, the same each time: opens, appends groups over several segments, reads,
 * commits, lets retention run, closes, and again. Remembers what was promised, so that whatever
 * storage remains can be held against it.
 */
final class Scenario {

  static final SpoolOptions OPTIONS =
      new SpoolOptions(200, 600, 700, 10_000, 1 << 20, 0, Duration.ofHours(1));

  private static final int LIVES = 3;
  private static final int APPENDS = 7;
  private static final int BEHIND = 8;

  private final Map<Long, String> acked = new TreeMap<>();
  private final List<List<String>> groups = new ArrayList<>();
  private final Set<String> attempted = new HashSet<>();
  private long committed;
  private long salts;
  private int opensRefused;

  static Spool open(Storage storage, long seed) {
    return Spool.open(storage, OPTIONS, Clock.systemUTC(), new SplittableRandom(seed));
  }

  int opensRefused() {
    return opensRefused;
  }

  int promised() {
    return acked.size();
  }

  /** Lives on a storage until it is done or the storage no longer lets it. */
  void run(Storage storage) {
    for (int life = 0; life < LIVES; life++) {
      try (Spool spool = open(storage, ++salts)) {
        live(spool, salts);
      } catch (SpoolException.Failed cantOpen) {
        opensRefused++; // the next life tries again
      }
    }
  }

  private void live(Spool spool, long life) {
    long recovered = spool.durableOffset();
    try (SpoolReader reader = spool.reader("index")) {
      for (int i = 0; i < APPENDS; i++) {
        append(spool, life + "-" + i, 1 + i % 3);
        for (SpoolRecord record : reader.poll(10, 2000, Duration.ZERO)) {
          String text = text(record);
          assertThat(attempted).contains(text);
          if (record.offset() >= recovered) {
            assertThat(acked)
                .as("only what was promised is seen")
                .containsEntry(record.offset(), text);
          }
        }
        // It stays behind, so that there is always something left that must be found again.
        long done = Math.max(reader.committed(), reader.position() - BEHIND);
        reader.commit(done);
        committed = Math.max(committed, done);
        if (i % 3 == 2) {
          reader.flush();
        }
      }
    }
  }

  private void append(Spool spool, String name, int records) {
    List<String> texts = new ArrayList<>();
    List<ByteBuffer> payloads = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String text = name + "-" + i + ":" + "x".repeat(30 + 40 * i);
      texts.add(text);
      payloads.add(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }
    groups.add(texts);
    attempted.addAll(texts);
    try {
      long first = spool.append(payloads);
      for (int i = 0; i < records; i++) {
        acked.put(first + i, texts.get(i));
      }
    } catch (SpoolException.Failed | SpoolException.ReadOnly refused) {
      assertThat(refused).hasMessageContaining("write");
    }
  }

  private static String text(SpoolRecord record) {
    return new String(record.bytes(), US_ASCII);
  }

  /** All that a reader is given, by offset. */
  static Map<Long, String> drain(SpoolReader reader) {
    Map<Long, String> found = new TreeMap<>();
    long last = -1;
    while (true) {
      List<SpoolRecord> records = reader.poll(5, 1000, Duration.ZERO);
      if (records.isEmpty()) {
        return found;
      }
      for (SpoolRecord record : records) {
        assertThat(record.offset()).as("in order").isGreaterThan(last);
        last = record.offset();
        found.put(last, text(record));
      }
    }
  }

  /** Opens what is left and holds it against what was promised; then goes on with it. */
  void verify(FaultyStorage left) {
    Map<Long, String> found;
    long offset;
    try (Spool spool = open(left, ++salts);
        SpoolReader reader = spool.reader("index")) {
      long start = reader.position();
      assertThat(start).as("never skips what was not committed").isLessThanOrEqualTo(committed);
      found = drain(reader);
      holds(found, start);
      assertThat(spool.stats().lost()).isZero();
      offset = spool.append("after".getBytes(US_ASCII));
      assertThat(offset)
          .isGreaterThan(found.keySet().stream().reduce(-1L, Math::max))
          .isGreaterThanOrEqualTo(start);
    }
    try (Spool spool = open(left, ++salts);
        SpoolReader reader = spool.reader("index")) {
      found.put(offset, "after");
      assertThat(drain(reader)).as("the next start finds the same").isEqualTo(found);
    }
  }

  private void holds(Map<Long, String> found, long start) {
    acked.forEach((at, text) -> {
      if (at >= start) {
        assertThat(found).as("promised").containsEntry(at, text);
      }
    });
    assertThat(attempted).as("nothing that was never appended").containsAll(found.values());
    assertThat(found.values()).as("once each").doesNotHaveDuplicates();
    for (List<String> group : groups) {
      long there = group.stream().filter(found::containsValue).count();
      if (!acked.containsValue(group.get(0))) {
        assertThat(there).as("all or none of " + group).isIn(0L, (long) group.size());
      }
    }
  }
}
