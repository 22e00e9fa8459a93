package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Files cut at every length and with every byte changed: what is damaged is noticed, its neighbours
 * are kept.
 */
final class DamageTest {

  private static final int PAYLOAD_BYTES = 20;
  private static final int RECORD_BYTES = RecordCodec.HEADER_BYTES + PAYLOAD_BYTES;

  /** Three batches: record 0, the group 1 to 3, record 4. */
  private static FaultyStorage log(boolean sealed) {
    FaultyStorage storage = new FaultyStorage();
    Spool spool = Scenario.open(storage, 5);
    spool.append(payload(0));
    spool.append(List.of(payload(1), payload(2), payload(3)));
    spool.append(payload(4));
    FaultyStorage unsealed = storage.afterKill();
    spool.close();
    return sealed ? storage.afterKill() : unsealed;
  }

  private static ByteBuffer payload(int number) {
    return ByteBuffer.wrap(text(number).getBytes(US_ASCII));
  }

  private static String text(int number) {
    return ("record " + number + "                  ").substring(0, PAYLOAD_BYTES);
  }

  private static String segment(FaultyStorage storage) {
    return storage.files().stream().filter(file -> file.endsWith(".seg")).findFirst().orElseThrow();
  }

  private static Map<Long, String> expected(LongStream offsets) {
    Map<Long, String> expected = new TreeMap<>();
    offsets.forEach(offset -> expected.put(offset, text((int) offset)));
    return expected;
  }

  /** What a reader gets, and what the spool noticed by then. */
  private record Seen(Map<Long, String> records, SpoolStats stats) {}

  private static Seen read(FaultyStorage storage) {
    try (Spool spool = Scenario.open(storage, 6);
        SpoolReader reader = spool.reader("index")) {
      Map<Long, String> records = Scenario.drain(reader);
      SpoolStats stats = spool.stats();
      long next = spool.append("after".getBytes(US_ASCII));
      assertThat(Scenario.drain(reader)).containsExactly(Map.entry(next, "after"));
      return new Seen(records, stats);
    }
  }

  @Test
  void keepsWhatIsWholeWhereverTheTailIsCut() {
    FaultyStorage whole = log(true);
    String file = segment(whole);
    byte[] content = whole.content(file);
    for (int length = 0; length < content.length; length++) {
      FaultyStorage cut = whole.afterKill();
      cut.put(file, Arrays.copyOf(content, length));

      int records = Math.max(0, length - SegmentFrame.HEADER_BYTES) / RECORD_BYTES;
      int visible = records < 1 ? 0 : records < 4 ? 1 : Math.min(records, 5);
      assertThat(read(cut).records())
          .as("cut at %d", length)
          .isEqualTo(expected(LongStream.range(0, visible)));
    }
  }

  @Test
  void noticesEveryChangedBitAndKeepsTheNeighbours() {
    for (boolean sealed : new boolean[] {true, false}) {
      FaultyStorage whole = log(sealed);
      String file = segment(whole);
      byte[] content = whole.content(file);
      for (int bit = 0; bit < content.length * 8; bit += bit < 8 * 200 ? 1 : 7) {
        byte[] changed = content.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        FaultyStorage damaged = whole.afterKill();
        damaged.put(file, changed);

        Seen seen = read(damaged);

        assertThat(seen.stats().quarantined())
            .as("sealed %s, bit %d: noticed", sealed, bit)
            .isEqualTo(1);
        int hit =
            bit / 8 < SegmentFrame.HEADER_BYTES
                ? -1
                : (bit / 8 - SegmentFrame.HEADER_BYTES) / RECORD_BYTES;
        assertThat(seen.records())
            .as("sealed %s, bit %d, record %d", sealed, bit, hit)
            .isEqualTo(expected(LongStream.range(0, 5).filter(offset -> offset != hit)));
        boolean tail = !sealed && hit == 4; // may as well be a write that the crash tore
        assertThat(seen.stats().lost())
            .as("sealed %s, bit %d: lost", sealed, bit)
            .isEqualTo(hit < 0 || hit > 4 || tail ? 0 : 1);
      }
    }
  }

  @Test
  void copiesTheDamageToQuarantineOnce() {
    FaultyStorage storage = log(true);
    String file = segment(storage);
    byte[] content = storage.content(file);
    int from = SegmentFrame.HEADER_BYTES + RECORD_BYTES;
    content[from + 50] ^= 1;
    storage.put(file, content);

    read(storage);
    read(storage);

    List<String> copies =
        storage.files().stream().filter(name -> name.startsWith("quarantine/")).toList();
    assertThat(copies).singleElement().asString().endsWith("-" + from + ".bad");
    assertThat(storage.content(copies.get(0)))
        .isEqualTo(Arrays.copyOfRange(content, from, from + RECORD_BYTES));
  }

  @Test
  void hidesATornGroupAsAWholeIfNothingProvesIt() {
    FaultyStorage storage = log(false);
    String file = segment(storage);
    byte[] content =
        Arrays.copyOf(storage.content(file), SegmentFrame.HEADER_BYTES + 4 * RECORD_BYTES);
    content[SegmentFrame.HEADER_BYTES + 2 * RECORD_BYTES + 45] ^= 1; // the middle one of the group

    storage.put(file, content);

    assertThat(read(storage).records()).isEqualTo(expected(LongStream.range(0, 1)));
  }

  @Test
  void takesNoPayloadForARecord() {
    FaultyStorage forger = new FaultyStorage();
    Spool other = Scenario.open(forger, 9);
    for (int i = 0; i < 3; i++) {
      other.append("forged".getBytes(US_ASCII));
    }
    byte[] forged =
        Arrays.copyOfRange(forger.content(segment(forger)), SegmentFrame.HEADER_BYTES, 180);
    other.close();
    FaultyStorage storage = new FaultyStorage();
    try (Spool spool = Scenario.open(storage, 8)) {
      spool.append(forged);
      spool.append("honest".getBytes(US_ASCII));
    }
    String file = segment(storage);
    byte[] content = storage.content(file);
    content[SegmentFrame.HEADER_BYTES + 8] ^= 1; // the length of the first record

    storage.put(file, content);

    assertThat(read(storage).records()).containsExactly(Map.entry(1L, "honest"));
  }

  @Test
  void readsOnAfterDamageInTheMiddleOfManySegments() {
    FaultyStorage storage = new FaultyStorage();
    List<String> texts = new ArrayList<>();
    try (Spool spool = Scenario.open(storage, 8)) {
      for (int i = 0; i < 60; i++) {
        texts.add("record " + i);
        spool.append(texts.get(i).getBytes(US_ASCII));
      }
    }
    List<String> files = storage.files().stream().filter(name -> name.endsWith(".seg")).toList();
    String middle = files.get(files.size() / 2);
    byte[] blanked = storage.content(middle);
    Arrays.fill(blanked, 100, 200, (byte) 7);
    storage.put(middle, blanked);

    Seen seen = read(storage);

    assertThat(texts).containsAll(seen.records().values());
    assertThat(seen.stats().lost()).isEqualTo(60 - seen.records().size()).isBetween(2L, 4L);
    assertThat(seen.stats().quarantined()).isEqualTo(1);
  }

  @Test
  void refusesAFormatOfTheFuture() {
    FaultyStorage storage = log(true);
    String file = segment(storage);
    ByteBuffer content = ByteBuffer.wrap(storage.content(file));
    content.putInt(8, 2);
    CRC32C crc = new CRC32C();
    crc.update(content.array(), 0, 44);
    content.putInt(44, (int) crc.getValue());
    storage.put(file, content.array());

    assertThatThrownBy(() -> Scenario.open(storage, 1))
        .isInstanceOf(SpoolException.Corrupt.class)
        .hasMessageContaining("format 2 (expected: 1)");
    assertThat(storage.content(file)).isEqualTo(content.array());
  }

  @Test
  void opensWithoutReadingSealedSegments() {
    FaultyStorage storage = new FaultyStorage();
    SpoolOptions options = SpoolOptions.small(1L << 30);
    byte[] record = new byte[100_000];
    try (Spool spool = Spool.open(storage, options)) {
      for (int i = 0; i < 200; i++) {
        spool.append(record);
      }
    }
    long before = storage.bytesRead();

    try (Spool spool = Spool.open(storage, options)) {
      assertThat(spool.durableOffset()).isEqualTo(200);
      assertThat(spool.stats().segments()).isGreaterThan(4);
      assertThat(storage.bytesRead() - before).isLessThan(1000);
    }
  }
}
