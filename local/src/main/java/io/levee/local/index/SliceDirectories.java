package io.levee.local.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies in the index's directories, and how it is moved and removed. */
final class SliceDirectories {
  private SliceDirectories() {}

  /** The days of the slices of a generation. */
  static SortedSet<LocalDate> days(Path generation) throws IOException {
    SortedSet<LocalDate> days = new TreeSet<>();
    for (String name : names(generation)) {
      LocalDate day = day(name);
      if (day != null) {
        days.add(day);
      }
    }
    return days;
  }

  private static @Nullable LocalDate day(String name) {
    try {
      return LocalDate.parse(name);
    } catch (DateTimeException e) {
      return null; // Something else, such as the checkpoint.
    }
  }

  /** Names of what a directory holds, sorted; none when there is no such directory. */
  static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  /** Moves a slice aside. */
  static void quarantine(Path slice, Path quarantine) throws IOException {
    Files.createDirectories(quarantine);
    int number = 1;
    Path to = quarantine.resolve(slice.getFileName() + "-" + number);
    while (Files.exists(to)) {
      to = quarantine.resolve(slice.getFileName() + "-" + ++number);
    }
    Files.move(slice, to, StandardCopyOption.ATOMIC_MOVE);
    Checkpoint.force(quarantine);
    Checkpoint.force(slice.getParent());
  }

  /** Removes a directory with everything in it. */
  static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(directory)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
  }

  /** Bytes of all files below; files that vanish meanwhile count nothing. */
  static long bytes(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    long bytes = 0;
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
    for (Path file : files) {
      bytes += size(file);
    }
    return bytes;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0; // Merged away since we looked.
    }
  }
}
