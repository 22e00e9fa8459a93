package io.levee.local.index;

import io.levee.engine.bus.Positions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Up to where all slices together are durable:
 *
 * <pre>
 * levee-index 1
 * positions 0:17,1:4
 * days 2026-11-20 2026-11-21
 * crc32c 89abcdef              of the lines before
 * </pre>
 *
 * @param days that had a slice then
 */
record Checkpoint(Positions positions, SortedSet<LocalDate> days) {
  static final Checkpoint NONE = new Checkpoint(Positions.START, new TreeSet<>());

  private static final String HEAD = "levee-index 1";

  /** Replaces the file; durable on return. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append("\npositions ");
    text.append(positions.encode()).append("\ndays");
    days.forEach(day -> text.append(' ').append(day));
    text.append('\n');
    String sum = checksum(text.toString());
    replace(file, text.append("crc32c ").append(sum).append('\n').toString());
  }

  /** Reads a file; null when it is damaged, {@link #NONE} when there is none. */
  static @Nullable Checkpoint read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int sum = text.indexOf("crc32c ");
    if (sum < 0
        || !text.substring(sum).equals("crc32c " + checksum(text.substring(0, sum)) + "\n")) {
      return null;
    }
    String[] lines = text.split("\n", -1);
    if (lines.length < 3 || !lines[0].equals(HEAD)) {
      return null;
    }
    try {
      SortedSet<LocalDate> days = new TreeSet<>();
      for (String day : lines[2].substring("days".length()).trim().split(" ", -1)) {
        if (!day.isEmpty()) {
          days.add(LocalDate.parse(day));
        }
      }
      return new Checkpoint(Positions.decode(lines[1].substring("positions ".length())), days);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      return null; // Damaged, like a wrong sum.
    }
  }

  /** Writes beside, forces, renames, forces the directory. */
  static void replace(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(file.toAbsolutePath().getParent());
  }

  static void force(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
