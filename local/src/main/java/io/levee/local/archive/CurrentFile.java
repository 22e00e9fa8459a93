package io.levee.local.archive;

import io.levee.engine.run.BackendException;
import io.levee.spool.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code CURRENT}, which names the generation that counts: {@code generation-0000000001
 * 5d1f2c3b}, the second word being the first one's CRC32C. Replaced in one step.
 */
final class CurrentFile {
  private static final String NAME = "CURRENT";
  private static final String DAMAGED = "CURRENT.damaged";

  /** A rebuild makes one more; nobody rebuilds so often. */
  private static final int GENERATIONS_LOOKED_AT = 1_000;

  private static final int BYTES_MAX = 1024;
  private static final Pattern CONTENT = Pattern.compile("(generation-(\\d{10})) ([0-9a-f]{8})\n");

  private final Storage storage;

  CurrentFile(Storage storage) {
    this.storage = storage;
  }

  /**
   * The generation that counts; makes the first one in an empty folder. When the file can't be read
   * or is gone, the only generation that has objects counts, and the file is written anew.
   *
   * @throws BackendException.Corrupt when it can't be read and two generations have objects: then a
   *     rebuild was under way, and only a person can tell which is whole
   */
  int readOrCreate() throws IOException {
    if (storage.list("").contains(NAME)) {
      storage.forceFolder(""); // Whoever wrote it may have failed to.
      int named = read();
      if (named > 0) {
        return named;
      }
      setAside();
    }
    int found = only();
    write(found);
    return found;
  }

  /** The only generation that has objects; the first when none has. */
  private int only() throws IOException {
    int found = 0;
    for (int number = 1; number <= GENERATIONS_LOOKED_AT; number++) {
      if (!storage.list(Generation.folder(number)).isEmpty()) {
        if (found > 0) {
          throw corrupt("can't be read, and two generations have objects");
        }
        found = number;
      }
    }
    return Math.max(1, found);
  }

  /** What can't be read is kept; a copy from an earlier time gives way to it. */
  private void setAside() throws IOException {
    storage.rename(NAME, DAMAGED);
    storage.forceFolder("");
  }

  /** The generation that it names; 0 when it can't be read. */
  private int read() throws IOException {
    String content;
    try (Storage.Source source = storage.read(NAME)) {
      int bytes = (int) Math.min(BYTES_MAX, source.size());
      content = new String(StoredBytes.read(source, 0, bytes), StandardCharsets.US_ASCII);
    }
    Matcher matcher = CONTENT.matcher(content);
    if (!matcher.matches() || !matcher.group(3).equals(checksum(matcher.group(1)))) {
      return 0;
    }
    return Integer.parseInt(matcher.group(2));
  }

  /** Makes another generation the one that counts; when this fails either may. */
  void write(int generation) throws IOException {
    String temporary = NAME + ObjectWriter.TEMPORARY;
    if (storage.list("").contains(temporary)) {
      storage.delete(temporary);
    }
    String folder = Generation.folder(generation);
    try (Storage.Sink sink = storage.create(temporary)) {
      String content = folder + " " + checksum(folder) + "\n";
      StoredBytes.write(sink, content.getBytes(StandardCharsets.US_ASCII));
      sink.force();
    }
    storage.rename(temporary, NAME);
    storage.forceFolder("");
  }

  private static String checksum(String text) {
    return HexFormat.of().toHexDigits(StoredBytes.crc32c(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static BackendException corrupt(String detail) {
    return new BackendException.Corrupt(
        FileArchive.BACKEND,
        "start",
        "the file CURRENT " + detail + " (expected: the folder that counts and its checksum)",
        null);
  }
}
