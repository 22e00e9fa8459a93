package io.levee.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Holds today's code against the files of format 1, kept as hex since its first release. */
final class FormatTest {

  private static final String SEGMENT = "0000000000000000000-0000000000-910a2dec89025cc1.seg";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private static byte[] fixture(String name) throws IOException {
    try (InputStream hex = FormatTest.class.getResourceAsStream("/format-1/" + name + ".hex")) {
      assertThat(hex).as(name).isNotNull();
      return hex == null
          ? new byte[0]
          : HexFormat.of().parseHex(new String(hex.readAllBytes(), UTF_8).replaceAll("\\s", ""));
    }
  }

  @Test
  void readsFormatOne() throws IOException {
    FaultyStorage storage = new FaultyStorage();
    storage.put(SEGMENT, fixture("segment"));
    storage.put("readers/index.0", fixture("checkpoint"));

    try (Spool spool = Scenario.open(storage, 2);
        SpoolReader reader = spool.reader("index")) {
      assertThat(reader.committed()).isEqualTo(1);
      reader.seek(0);
      assertThat(Scenario.drain(reader)).isEqualTo(Map.of(0L, "one", 1L, "two", 2L, "three"));
      assertThat(spool.stats().quarantined()).isZero();
    }
  }

  @Test
  void writesFormatOneByteForByte() throws IOException {
    FaultyStorage storage = new FaultyStorage();
    try (Spool spool = Spool.open(storage, Scenario.OPTIONS, CLOCK, new SplittableRandom(1));
        SpoolReader reader = spool.reader("index")) {
      spool.append("one".getBytes(UTF_8));
      spool.append(
          List.of(
              ByteBuffer.wrap("two".getBytes(UTF_8)), ByteBuffer.wrap("three".getBytes(UTF_8))));
      reader.commit(1);
    }

    assertThat(HexFormat.of().formatHex(storage.content(SEGMENT)))
        .isEqualTo(HexFormat.of().formatHex(fixture("segment")));
    assertThat(HexFormat.of().formatHex(storage.content("readers/index.0")))
        .isEqualTo(HexFormat.of().formatHex(fixture("checkpoint")));
  }
}
