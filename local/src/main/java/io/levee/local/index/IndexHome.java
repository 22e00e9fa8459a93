package io.levee.local.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** The index's directory: which generation counts, and what lies beside it. */
final class IndexHome {
  private static final String CURRENT = "CURRENT";
  private static final String PREFIX = "generation-";
  private static final String MENDED = "mended-by-";
  private static final int PROBE_BYTES = 1 << 20;

  private final Path path;
  private final IndexSettings settings;
  private final LongSupplier nanoTime;

  IndexHome(Path path, IndexSettings settings, LongSupplier nanoTime) {
    this.path = path;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** Opens the generation that counts and removes what a rebuild left. */
  Generation open() throws IOException {
    Files.createDirectories(path);
    OptionalInt named = named();
    // Without a name the oldest counts: a younger one is a rebuild that was never completed.
    int number = named.isPresent() ? named.getAsInt() : numbers().min().orElse(1);
    Generation generation = generation(number);
    generation.open();
    if (named.isPresent()) {
      for (int other : numbers().filter(n -> n != number).toArray()) {
        SliceDirectories.remove(path.resolve(PREFIX + other));
      }
    } else {
      choose(generation);
    }
    return generation;
  }

  /** A new generation beside this one. */
  Generation next(Generation current) throws IOException {
    int number = number(String.valueOf(current.path().getFileName())) + 1;
    SliceDirectories.remove(path.resolve(PREFIX + number));
    Generation next = generation(number);
    next.open();
    return next;
  }

  /** From now on, and after every restart, this one counts. */
  void choose(Generation generation) throws IOException {
    Checkpoint.replace(path.resolve(CURRENT), generation.path().getFileName() + "\n");
  }

  /** Removes a generation; readers that still hold it keep what they have open. */
  void retire(Generation generation) throws IOException {
    generation.retire();
  }

  /** Writes, forces and removes a file of some size; fails when the disk can't do that now. */
  void tryDisk() throws IOException {
    Path file = path.resolve("probe");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * What was moved aside is whole again in a generation that was built anew: it is kept under
   * another name, and no longer told of.
   */
  void mended(Generation by) throws IOException {
    if (quarantined().isEmpty()) {
      return;
    }
    Path to = path.resolve(MENDED + by.path().getFileName());
    SliceDirectories.remove(to);
    Files.move(quarantine(), to, StandardCopyOption.ATOMIC_MOVE);
    Checkpoint.force(path);
  }

  /** What was moved aside. */
  List<String> quarantined() throws IOException {
    return SliceDirectories.names(quarantine());
  }

  /** The same, and what was moved aside and has been built anew since. */
  List<String> aside() throws IOException {
    List<String> names = new ArrayList<>();
    quarantined().forEach(name -> names.add("quarantine/" + name));
    SliceDirectories.names(path).stream().filter(n -> n.startsWith(MENDED)).forEach(names::add);
    return names;
  }

  private Path quarantine() {
    return path.resolve("quarantine");
  }

  private Generation generation(int number) {
    return new Generation(path.resolve(PREFIX + number), quarantine(), settings, nanoTime);
  }

  private OptionalInt named() throws IOException {
    Path file = path.resolve(CURRENT);
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    String name = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).trim();
    int number = number(name);
    return number > 0 && Files.isDirectory(path.resolve(name))
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  private IntStream numbers() throws IOException {
    return SliceDirectories.names(path).stream().mapToInt(IndexHome::number).filter(n -> n > 0);
  }

  /** The number in a generation's name; 0 when the name is another. */
  private static int number(String name) {
    return name.matches(PREFIX + "[1-9][0-9]{0,8}")
        ? Integer.parseInt(name.substring(PREFIX.length()))
        : 0;
  }
}
