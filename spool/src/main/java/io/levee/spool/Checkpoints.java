package io.levee.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The files that hold how far each reader has come; two generations each, so that losing one costs
 * repeats, never a skip.
 *
 * <pre>
 *  0  4  magic "LVCK"    4  4  format version (1)    8  8  generation    16  8  next offset
 * 24  4  CRC32C over 0..24 and the reader's name
 * </pre>
 */
final class Checkpoints {

  private static final String FOLDER = "readers";
  private static final int BYTES = 28;
  private static final int VERSION = 1;
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final int MAGIC =
      ByteBuffer.wrap("LVCK".getBytes(StandardCharsets.US_ASCII)).getInt();

  private final Storage storage;

  Checkpoints(Storage storage) {
    this.storage = storage;
  }

  /**
   * What a checkpoint says.
   *
   * @param generation grows with each
   * @param nextOffset everything below is done
   */
  record Checkpoint(long generation, long nextOffset) {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Removes what a crash left half written and returns the names of all readers, those with
   * unreadable files too.
   */
  private Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String file : storage.list(FOLDER)) {
      if (file.endsWith(".tmp")) {
        storage.delete(FOLDER + "/" + file);
      } else if ((file.endsWith(".0") || file.endsWith(".1"))
          && isName(file.substring(0, file.length() - 2))) {
        names.add(file.substring(0, file.length() - 2));
      }
    }
    return names;
  }

  /** The newest readable one of each reader. */
  Map<String, Optional<Checkpoint>> loadAll() throws IOException {
    Map<String, Optional<Checkpoint>> all = new TreeMap<>();
    for (String name : names()) {
      all.put(name, load(name));
    }
    return all;
  }

  /** The newest one that can be read. */
  private Optional<Checkpoint> load(String name) throws IOException {
    Optional<Checkpoint> zero = load(name, 0);
    Optional<Checkpoint> one = load(name, 1);
    if (zero.isEmpty() || one.isEmpty()) {
      return zero.isPresent() ? zero : one;
    }
    return zero.get().generation() > one.get().generation() ? zero : one;
  }

  private Optional<Checkpoint> load(String name, int slot) throws IOException {
    if (!storage.list(FOLDER).contains(name + "." + slot)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try (Storage.Source source = storage.read(file(name, slot))) {
      while (bytes.hasRemaining() && source.read(bytes, bytes.position()) > 0) {
        // reads on until it is whole or the file ends
      }
    }
    if (bytes.hasRemaining() || bytes.getInt(0) != MAGIC || bytes.getInt(24) != crc(bytes, name)) {
      return Optional.empty();
    }
    if (bytes.getInt(4) != VERSION) {
      throw new SpoolException.Corrupt(
          file(name, slot) + ": format " + bytes.getInt(4) + " (expected: " + VERSION + ")");
    }
    return Optional.of(new Checkpoint(bytes.getLong(8), bytes.getLong(16)));
  }

  /** Writes one durably over the older of the two. */
  void store(String name, Checkpoint checkpoint) throws IOException {
    storage.createFolder(FOLDER);
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes
        .putInt(MAGIC)
        .putInt(VERSION)
        .putLong(checkpoint.generation())
        .putLong(checkpoint.nextOffset());
    bytes.putInt(crc(bytes, name)).flip();
    String temporary = FOLDER + "/" + name + "." + checkpoint.generation() + ".tmp";
    try (Storage.Sink sink = storage.create(temporary)) {
      SegmentWriter.writeFully(sink, bytes);
      sink.force();
    }
    storage.rename(temporary, file(name, (int) (checkpoint.generation() & 1)));
    storage.forceFolder(FOLDER);
  }

  /** Removes both, durably. */
  void delete(String name) throws IOException {
    for (String file : storage.list(FOLDER)) {
      if (file.equals(name + ".0") || file.equals(name + ".1")) {
        storage.delete(FOLDER + "/" + file);
      }
    }
    storage.forceFolder(FOLDER);
  }

  private static String file(String name, int slot) {
    return FOLDER + "/" + name + "." + slot;
  }

  private static int crc(ByteBuffer bytes, String name) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(BYTES - 4));
    crc.update(name.getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }
}
