package io.levee.local.index;

import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import io.levee.engine.index.StoredEvent;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.jspecify.annotations.Nullable;

/**
 * Some whole events that the blocks of a slice are packed against, so that a small block need not
 * repeat what all events have in common. A zstd dictionary of raw content: what it holds can be
 * read, and so can be searched when something is to be deleted for good.
 *
 * <pre>
 * dictionary-&lt;32 hex digits of the SHA-256 of number and lines&gt;
 *   header      of Lucene, "LeveeDictionary", version 0
 *   vInt        number of events of which these were chosen
 *   vInt        bytes
 *   lines       canonical JSON, each ending with \n
 *   footer      of Lucene, with a checksum
 * </pre>
 *
 * Immutable, and one object for equal content, which is what makes Lucene copy blocks. What it has
 * outside the heap (its content, and some 30 KiB; 0.5 MiB while it is written with) is freed when
 * it is no longer reachable. Thread-safe.
 */
final class EventDictionary {
  private static final String PREFIX = "dictionary-";
  private static final String TEMPORARY = ".tmp";
  private static final String CODEC = "LeveeDictionary";
  private static final int VERSION = 0;
  private static final int BYTES_MAX = 16 << 20;
  private static final int HASH_BYTES = 16;
  private static final int LEVEL = 3;

  private static final Map<String, WeakReference<EventDictionary>> KNOWN =
      new ConcurrentHashMap<>();

  private final String name;
  private final int sampledOf;
  private final ByteBuffer lines;
  private final CompressionMode blocks = new ZstdBlocks(this);
  private final ZstdDictDecompress unpacking;
  private @Nullable ZstdDictCompress packing;

  private EventDictionary(String name, int sampledOf, byte[] lines) {
    this.name = name;
    this.sampledOf = sampledOf;
    this.lines = ByteBuffer.allocateDirect(lines.length).put(lines).flip();
    this.unpacking = new ZstdDictDecompress(this.lines, true);
  }

  /**
   * The dictionary of these events.
   *
   * @param sampledOf how many there were
   * @return null when there is none
   */
  static @Nullable EventDictionary of(int sampledOf, List<byte[]> events) {
    int length = events.stream().mapToInt(event -> event.length + 1).sum();
    if (length == 0) {
      return null;
    }
    ByteBuffer lines = ByteBuffer.allocate(length);
    events.forEach(event -> lines.put(event).put((byte) '\n'));
    return known(name(sampledOf, lines.array()), sampledOf, lines.array());
  }

  private static EventDictionary known(String name, int sampledOf, byte[] lines) {
    EventDictionary[] found = new EventDictionary[1];
    KNOWN.values().removeIf(gone -> gone.get() == null);
    KNOWN.compute(
        name,
        (ignored, held) -> {
          EventDictionary known = held == null ? null : held.get();
          found[0] = known == null ? new EventDictionary(name, sampledOf, lines) : known;
          return known == null ? new WeakReference<>(found[0]) : held;
        });
    return found[0];
  }

  private static String name(int sampledOf, byte[] lines) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(sampledOf).array());
      return PREFIX + HexFormat.of().formatHex(sha.digest(lines), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a file in a slice's directory is a dictionary, or one that was not completed. */
  static boolean isFile(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * The dictionary in a file. It is read even if it is open already, so that damage shows when a
   * segment is opened, not at the next start.
   *
   * @throws CorruptIndexException when the file is damaged or missing
   */
  static EventDictionary open(Directory files, String name) throws IOException {
    try {
      return read(files, name);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new CorruptIndexException("is missing", name, e);
    } catch (EOFException e) {
      throw new CorruptIndexException("is cut short", name, e);
    }
  }

  private static EventDictionary read(Directory files, String name) throws IOException {
    try (ChecksumIndexInput in = files.openChecksumInput(name)) {
      Throwable failure = null;
      int sampledOf = 0;
      byte[] lines = new byte[0];
      try {
        CodecUtil.checkHeader(in, CODEC, VERSION, VERSION);
        sampledOf = in.readVInt();
        int length = in.readVInt();
        if (length < 1 || length > BYTES_MAX) {
          throw new CorruptIndexException("of " + length + " bytes", in);
        }
        lines = new byte[length];
        in.readBytes(lines, 0, length);
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      CodecUtil.checkFooter(in, failure); // Throws what failed, if the checksum doesn't explain it.
      if (!name.equals(name(sampledOf, lines))) {
        throw new CorruptIndexException("holds what another name stands for", in);
      }
      return known(name, sampledOf, lines);
    }
  }

  /** Makes it durable in a slice's directory, unless it lies there. */
  void writeTo(Directory files) throws IOException {
    List<String> there = Arrays.asList(files.listAll());
    if (there.contains(name)) {
      return;
    }
    String temporary = name + TEMPORARY;
    if (there.contains(temporary)) {
      files.deleteFile(temporary);
    }
    try (IndexOutput out = files.createOutput(temporary, IOContext.DEFAULT)) {
      byte[] content = content();
      CodecUtil.writeHeader(out, CODEC, VERSION);
      out.writeVInt(sampledOf);
      out.writeVInt(content.length);
      out.writeBytes(content, content.length);
      CodecUtil.writeFooter(out);
    }
    files.sync(List.of(temporary));
    files.rename(temporary, name);
    files.syncMetaData();
  }

  private byte[] content() {
    byte[] content = new byte[lines.capacity()];
    lines.get(0, content);
    return content;
  }

  /** The events in it. */
  List<StoredEvent> events() {
    List<StoredEvent> events = new ArrayList<>();
    byte[] content = content();
    int from = 0;
    for (int at = 0; at < content.length; at++) {
      if (content[at] == '\n') {
        events.add(new StoredEvent(Arrays.copyOfRange(content, from, at)));
        from = at + 1;
      }
    }
    return events;
  }

  /** What its file is called. */
  String name() {
    return name;
  }

  /** How many events there were of which these were chosen. */
  int sampledOf() {
    return sampledOf;
  }

  /** How blocks are packed with it. */
  CompressionMode blocks() {
    return blocks;
  }

  ZstdDictDecompress unpacking() {
    return unpacking;
  }

  /** Made when it is first written with. */
  synchronized ZstdDictCompress packing() {
    ZstdDictCompress made = packing;
    if (made == null) {
      made = new ZstdDictCompress(lines, LEVEL, true);
      packing = made;
    }
    return made;
  }

  /** Lets go of what only writing needs; it is made again if somebody writes. */
  synchronized void rest() {
    packing = null;
  }
}
