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
  private static final int BYTES_MAX = 1024;
  private static final Pattern CONTENT = Pattern.compile("(generation-(\\d{10})) ([0-9a-f]{8})\n");

  private final Storage storage;

  CurrentFile(Storage storage) {
    this.storage = storage;
  }

  /** The generation that counts; makes the first one in an empty folder. */
  int readOrCreate() throws IOException {
    if (storage.list("").contains(NAME)) {
      storage.forceFolder(""); // Whoever wrote it may have failed to.
      return read();
    }
    if (!storage.list(Generation.folder(1)).isEmpty()) {
      throw corrupt("missing, though there are objects");
    }
    write(1);
    return 1;
  }

  private int read() throws IOException {
    String content;
    try (Storage.Source source = storage.read(NAME)) {
      int bytes = (int) Math.min(BYTES_MAX, source.size());
      content = new String(StoredBytes.read(source, 0, bytes), StandardCharsets.US_ASCII);
    }
    Matcher matcher = CONTENT.matcher(content);
    if (!matcher.matches() || !matcher.group(3).equals(checksum(matcher.group(1)))) {
      throw corrupt("can't be read");
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
