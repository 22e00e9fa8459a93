package io.levee.local.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.levee.engine.archive.ContentDigest;
import io.levee.engine.bus.Positions;
import io.levee.spool.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an object whose footer is lost: frame after frame, each with its own checksum, and makes in
 * memory what the footer would say, except the positions. Damaged frames are passed over.
 */
final class Salvage {
  private static final byte[] FRAME_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
  private static final long RAW_BYTES_MAX = 64L << 20;

  private final byte[] bytes;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<ProjectDay, ContentDigest> digests = new LinkedHashMap<>();
  private final List<ProjectDay> keys = new ArrayList<>();
  private long[] hashes = new long[1024];
  private int events;

  private Salvage(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What can still be read of an object, which gets its sequence number from its name. */
  static ArchiveObject read(Storage storage, String name, long sequence) throws IOException {
    byte[] bytes;
    try (Storage.Source source = storage.read(name)) {
      bytes = StoredBytes.read(source, 0, Math.toIntExact(source.size()));
    }
    Salvage salvage = new Salvage(bytes);
    salvage.walk();
    return salvage.object(name, sequence);
  }

  private ArchiveObject object(String name, long sequence) {
    List<Section> sections = new ArrayList<>();
    for (ProjectDay key : keys) {
      sections.add(new Section(key, digests.getOrDefault(key, ContentDigest.EMPTY)));
    }
    ObjectHead head =
        new ObjectHead(
            sequence,
            sequence,
            Instant.EPOCH,
            Positions.START,
            Positions.START,
            List.of(),
            sections,
            List.of(),
            events,
            blocks.size());
    IdTable ids = IdTable.of(Arrays.copyOf(hashes, events));
    return ArchiveObject.salvaged(name, bytes.length, head, new Contents(blocks, ids));
  }

  private void walk() {
    int at = nextFrame(0);
    while (at < bytes.length) {
      int length = frame(at);
      at = nextFrame(length > 0 ? at + length : at + 1);
    }
  }

  private int nextFrame(int from) {
    int at = from;
    while (at + FRAME_MAGIC.length <= bytes.length
        && !Arrays.equals(bytes, at, at + FRAME_MAGIC.length, FRAME_MAGIC, 0, FRAME_MAGIC.length)) {
      at++;
    }
    return at + FRAME_MAGIC.length <= bytes.length ? at : bytes.length;
  }

  /** Takes in the frame at a position and returns its length; 0 when it is none or damaged. */
  private int frame(int at) {
    try {
      long length = Zstd.findFrameCompressedSize(bytes, at, bytes.length - at);
      long rawBytes = Zstd.getFrameContentSize(bytes, at, bytes.length - at);
      if (Zstd.isError(length) || length <= 0 || rawBytes <= 0 || rawBytes > RAW_BYTES_MAX) {
        return 0;
      }
      return take(at, (int) length, (int) rawBytes) ? (int) length : 0;
    } catch (ZstdException | IllegalArgumentException e) {
      return 0; // Damaged: the search goes on behind it, and check() reports the object anyway.
    }
  }

  private boolean take(int at, int length, int rawBytes) {
    List<EventPrefix> prefixes = new ArrayList<>();
    ContentDigest digest = ContentDigest.EMPTY;
    try (Lines lines = new Lines(bytes, at, length, rawBytes, IllegalArgumentException::new)) {
      while (lines.next()) {
        byte[] json = lines.copy();
        prefixes.add(EventPrefix.of(json));
        digest = digest.plus(ContentDigest.of(json));
      }
    }
    if (prefixes.isEmpty() || events + prefixes.size() > IdTable.EVENTS_MAX) {
      return false;
    }
    ProjectDay key = prefixes.getFirst().key();
    if (!keys.contains(key)) {
      keys.add(key);
    }
    digests.merge(key, digest, ContentDigest::plus);
    int crc32c = StoredBytes.crc32c(bytes, at, length);
    blocks.add(new Block(at, length, rawBytes, keys.indexOf(key), events, prefixes.size(), crc32c));
    hashes = Arrays.copyOf(hashes, Math.max(hashes.length, 2 * (events + prefixes.size())));
    for (EventPrefix prefix : prefixes) {
      hashes[events++] = EventHash.of(prefix.key().project(), prefix.id());
    }
    return true;
  }
}
