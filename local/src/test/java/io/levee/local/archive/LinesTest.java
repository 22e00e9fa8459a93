package io.levee.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.levee.event.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks are packed from pages and unpacked a piece at a time; lines cross both. */
final class LinesTest {
  private static final ProjectDay KEY =
      new ProjectDay(new ProjectId(1), LocalDate.parse("2026-11-16"));

  private final SplittableRandom random = new SplittableRandom(5);

  private String line(int length) {
    StringBuilder line = new StringBuilder();
    while (line.length() < length) {
      line.append(Long.toHexString(random.nextLong()));
    }
    line.setLength(length);
    return line.toString();
  }

  private static PackedBlock packed(List<String> lines) {
    OpenBlock block = new OpenBlock();
    for (String line : lines) {
      byte[] text = line.getBytes(StandardCharsets.US_ASCII);
      block.add(text, 0, text.length, text.length);
    }
    try (BlockCodec codec = new BlockCodec(3)) {
      return block.pack(codec, KEY);
    }
  }

  private static Lines lines(byte[] frame, int rawBytes) {
    return new Lines(frame, 0, frame.length, rawBytes, IllegalArgumentException::new);
  }

  private static List<String> read(byte[] frame, int rawBytes) {
    List<String> read = new ArrayList<>();
    try (Lines lines = lines(frame, rawBytes)) {
      while (lines.next()) {
        read.add(new String(lines.copy(), StandardCharsets.US_ASCII));
      }
      assertThat(lines.next()).isFalse();
    }
    return read;
  }

  @Test
  void givesBackLinesOfEveryLength() {
    List<String> lines = new ArrayList<>(List.of("", line(1), "", line(300_000), line(65_535)));
    for (int i = 0; i < 400; i++) {
      lines.add(line(random.nextInt(5_000)));
    }
    lines.add(line(65_536));
    lines.add("");

    PackedBlock block = packed(lines);

    assertThat(read(block.frame(), block.rawBytes())).isEqualTo(lines);
    assertThat(block.hashes()).hasSize(lines.size());
  }

  @Test
  void packsTheWholeTextAsOneFrameThatSaysItsLength() {
    List<String> lines = List.of(line(70_000), line(10), line(140_000));

    PackedBlock block = packed(lines);

    byte[] text = new byte[block.rawBytes()];
    assertThat(Zstd.getFrameContentSize(block.frame())).isEqualTo(text.length);
    assertThat(Zstd.decompress(text, block.frame())).isEqualTo(text.length);
    assertThat(new String(text, StandardCharsets.US_ASCII))
        .isEqualTo(String.join("\n", lines) + "\n");
  }

  @Test
  void complainsOfFramesThatAreCutOrChangedOrLongerThanTold() {
    PackedBlock block = packed(List.of(line(100_000), line(100_000)));
    byte[] frame = block.frame();
    byte[] changed = frame.clone();
    changed[frame.length / 2] ^= 4;

    for (int length : new int[] {0, 3, frame.length / 2, frame.length - 1}) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> read(cut, block.rawBytes()))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> read(changed, block.rawBytes()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(frame, block.rawBytes() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: " + (block.rawBytes() - 1));
  }
}
