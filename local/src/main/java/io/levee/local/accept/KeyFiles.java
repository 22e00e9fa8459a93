package io.levee.local.accept;

import io.levee.engine.bus.Positions;
import io.levee.spool.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sidecar files. One thread at a time. */
final class KeyFiles {
  private static final int KEYS_PER_FILE = 1_000_000;
  private static final Pattern NAME = Pattern.compile("ids-(\\d{19})\\.keys");

  private final Storage storage;
  private final RecentIdsOptions options;
  private final long fileMillis;
  private final Deque<KeyFile> files = new ArrayDeque<>();
  private Storage.@Nullable Sink sink;
  private long sequence;

  KeyFiles(Storage storage, RecentIdsOptions options) {
    this.storage = storage;
    this.options = options;
    this.fileMillis = options.age().toMillis() / 24;
  }

  /** A file and how much is in it. */
  private static final class KeyFile {
    private final String name;
    private long firstMillis;
    private long lastMillis;
    private long keys;

    private KeyFile(String name, long timeMillis) {
      this.name = name;
      this.firstMillis = timeMillis;
      this.lastMillis = timeMillis;
    }
  }

  /** How many keys the files can hold at most, by their sizes. */
  long keysAtMost() throws IOException {
    long bytes = 0;
    for (String file : storage.list("")) {
      if (NAME.matcher(file).matches()) {
        try (Storage.Source source = storage.read(file)) {
          bytes += source.size();
        }
      }
    }
    return bytes / Long.BYTES;
  }

  /**
   * Reads all files, oldest first.
   *
   * @param keys receives each good frame
   * @return where the group stands: behind the last frame that continues those before it. Behind a
   *     gap nothing counts, so that the bus is read again from there
   */
  Positions load(long nowMillis, Consumer<KeyFrame> keys) throws IOException {
    @Nullable Positions positions = null;
    for (String name : storage.list("").stream().sorted().toList()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        continue;
      }
      sequence = Math.max(sequence, Long.parseLong(matcher.group(1)));
      KeyFile file = new KeyFile(name, nowMillis);
      files.add(file);
      try (Storage.Source source = storage.read(name)) {
        long at = 0;
        KeyFrame frame = KeyFrame.read(source, at);
        while (frame != null) {
          take(file, frame, at == 0);
          keys.accept(frame);
          if (positions == null || positions.reached(frame.before())) {
            positions = frame.after();
          }
          at += frame.bytes();
          frame = KeyFrame.read(source, at);
        }
      }
    }
    return positions == null ? Positions.START : positions;
  }

  private static void take(KeyFile file, KeyFrame frame, boolean first) {
    file.firstMillis = first ? frame.timeMillis() : file.firstMillis;
    file.lastMillis = frame.timeMillis();
    file.keys += frame.keys().length;
  }

  /** Makes keys and the positions around them durable. A file that failed is not written again. */
  void append(long nowMillis, Positions before, Positions after, long[] keys, int count)
      throws IOException {
    KeyFile newest = files.peekLast();
    if (sink != null
        && newest != null
        && (newest.keys + count > KEYS_PER_FILE || nowMillis - newest.firstMillis >= fileMillis)) {
      close();
    }
    try {
      Storage.Sink open = sink == null ? create(nowMillis) : sink;
      ByteBuffer bytes = KeyFrame.encode(nowMillis, before, after, keys, count);
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      open.force();
      if (files.getLast().keys == 0) {
        storage.forceFolder("");
      }
      files.getLast().keys += count;
      files.getLast().lastMillis = nowMillis;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Storage.Sink create(long nowMillis) throws IOException {
    String name = String.format(Locale.ROOT, "ids-%019d.keys", ++sequence);
    Storage.Sink created = storage.create(name);
    sink = created;
    files.add(new KeyFile(name, nowMillis));
    return created;
  }

  /** Deletes the oldest files while they hold nothing that must be remembered. */
  void forget(long nowMillis) throws IOException {
    long keys = files.stream().mapToLong(file -> file.keys).sum();
    while (files.size() > 1) {
      KeyFile oldest = files.getFirst();
      boolean old = nowMillis - oldest.lastMillis >= options.age().toMillis();
      if (!old && keys - oldest.keys < options.keysMax()) {
        return;
      }
      storage.delete(oldest.name);
      files.removeFirst();
      keys -= oldest.keys;
    }
  }

  void close() throws IOException {
    Storage.Sink open = sink;
    sink = null;
    if (open != null) {
      open.close();
    }
  }
}
