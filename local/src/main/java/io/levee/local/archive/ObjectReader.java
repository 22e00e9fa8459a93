package io.levee.local.archive;

import io.levee.engine.run.BackendException;
import io.levee.spool.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads an open object. One thread; the caller holds the object by {@link ArchiveObject#acquire}.
 * What is damaged is a {@link BackendException.Corrupt}.
 */
final class ObjectReader implements AutoCloseable {
  private static final String ID_TABLE = "id table";
  private static final int TAIL_BYTES = 16 << 10;

  /** Hashes are spread so evenly that two windows nearly always do. */
  private static final int WINDOWS_MAX = 8;

  /** By how many entries neighbouring windows overlap: more than there are of one hash. */
  private static final int OVERLAP = 16;

  private static final int PIECE_BYTES = 64 << 10;

  private final ArchiveObject object;
  private final Storage.Source source;
  private @Nullable List<Block> blocks;

  ObjectReader(Storage storage, ArchiveObject object) throws IOException {
    this.object = object;
    this.source = storage.read(object.name());
  }

  /**
   * Opens an object by its footer.
   *
   * @throws IllegalArgumentException when the footer is damaged
   */
  static ArchiveObject open(Storage storage, String name) throws IOException {
    try (Storage.Source source = storage.read(name)) {
      long bytes = source.size();
      if (bytes < Trailer.BYTES) {
        throw new IllegalArgumentException("object of " + bytes + " bytes: no room for a trailer");
      }
      int tailBytes = (int) Math.min(TAIL_BYTES, bytes);
      byte[] tail = StoredBytes.read(source, bytes - tailBytes, tailBytes);
      Trailer trailer =
          Trailer.decode(Arrays.copyOfRange(tail, tailBytes - Trailer.BYTES, tailBytes), bytes);
      int headBytes = trailer.head().bytes();
      byte[] head =
          trailer.headFromEnd() <= tailBytes
              ? Arrays.copyOfRange(
                  tail, tailBytes - (int) trailer.headFromEnd(), tailBytes - Trailer.BYTES)
              : StoredBytes.read(source, bytes - trailer.headFromEnd(), headBytes);
      if (StoredBytes.crc32c(head) != trailer.head().crc32c()) {
        throw new IllegalArgumentException("head: wrong checksum");
      }
      return ArchiveObject.sound(name, bytes, HeadCodec.decode(head), trailer);
    }
  }

  /** All blocks, in the order of their events. */
  List<Block> blocks() throws IOException {
    Contents salvaged = object.salvaged();
    if (salvaged != null) {
      return salvaged.blocks();
    }
    if (blocks == null) {
      blocks =
          HeadCodec.decodeBlocks(
              part("block table", trailer().blocks(), trailer().blocksFromEnd()));
    }
    return blocks;
  }

  /** The whole id table. */
  IdTable ids() throws IOException {
    Contents salvaged = object.salvaged();
    return salvaged == null
        ? IdTable.decode(part(ID_TABLE, trailer().ids(), trailer().idsFromEnd()))
        : salvaged.ids();
  }

  /**
   * The ordinals of the events with a hash. Looks first where the hash must lie, and believes what
   * it finds there, which the caller compares with the event anyway; only the whole table, checked,
   * is believed when it says that there is none.
   */
  int[] ordinals(long hash) throws IOException {
    int[] found = likelyOrdinals(hash);
    if (found.length > 0 || object.isDamaged()) {
      return found;
    }
    return checkedOrdinals(hash);
  }

  /**
   * The same, believing the part of the table in which the hash must lie even when it says that
   * there is none: a few kilobytes instead of up to 8 MiB. That part has no checksum of its own, so
   * this is for those for whom it does no harm when damage hides an event.
   */
  int[] likelyOrdinals(long hash) throws IOException {
    if (object.isDamaged()) {
      return ids().ordinals(hash);
    }
    int count = trailer().ids().bytes() / Long.BYTES;
    int from = IdTable.windowAt(hash, count);
    for (int window = 0; window < WINDOWS_MAX; window++) {
      int length = Math.min(IdTable.WINDOW, count - from);
      IdTable part = IdTable.decode(readIds((long) from * Long.BYTES, length * Long.BYTES));
      if (from > 0 && part.beginsBehind(hash)) {
        from = Math.max(0, from - IdTable.WINDOW + OVERLAP);
      } else if (from + length < count && part.endsBefore(hash)) {
        from = Math.min(count - IdTable.WINDOW, from + IdTable.WINDOW - OVERLAP);
      } else {
        return part.ordinals(hash);
      }
    }
    return checkedOrdinals(hash); // The table isn't what hashes make.
  }

  /** Looks through the whole table, a piece at a time, and checks it meanwhile. */
  private int[] checkedOrdinals(long hash) throws IOException {
    int bytes = trailer().ids().bytes();
    CRC32C crc = new CRC32C();
    IntStream.Builder found = IntStream.builder();
    for (int from = 0; from < bytes; from += PIECE_BYTES) {
      byte[] piece = readIds(from, Math.min(PIECE_BYTES, bytes - from));
      crc.update(piece);
      IntStream.of(IdTable.decode(piece).ordinals(hash)).forEach(found);
    }
    if ((int) crc.getValue() != trailer().ids().crc32c()) {
      throw corrupt(ID_TABLE + ": wrong checksum", null);
    }
    return found.build().toArray();
  }

  private byte[] readIds(long from, int length) throws IOException {
    return read(ID_TABLE, object.bytes() - trailer().idsFromEnd() + from, length);
  }

  IdFilter filter() throws IOException {
    if (object.isDamaged()) {
      return IdFilter.of(ids());
    }
    return IdFilter.decode(part("filter", trailer().filter(), trailer().filterFromEnd()));
  }

  /** Asks the filter on disk, which costs one small read. */
  boolean mayHold(long hash) throws IOException {
    if (object.isDamaged()) {
      return true;
    }
    int filterBytes = trailer().filter().bytes();
    long filterAt = object.bytes() - trailer().filterFromEnd();
    byte[] block =
        StoredBytes.read(
            source, filterAt + IdFilter.blockAt(hash, filterBytes), IdFilter.BLOCK_BYTES);
    return IdFilter.mayHold(hash, block);
  }

  /** The frame of a block, as it is on disk. */
  byte[] frame(Block block) throws IOException {
    byte[] frame = read("block at " + block.at(), block.at(), block.bytes());
    if (StoredBytes.crc32c(frame) != block.crc32c()) {
      throw corrupt("block at " + block.at() + ": wrong checksum", null);
    }
    return frame;
  }

  /** The text of a block: as many lines as it has events. */
  Lines lines(Block block) throws IOException {
    byte[] frame = frame(block);
    return new Lines(
        frame,
        0,
        frame.length,
        block.rawBytes(),
        (detail, cause) -> corrupt("block at " + block.at() + ": " + detail, cause));
  }

  /** The canonical JSON of one event. */
  byte[] json(int ordinal) throws IOException {
    Block block = Contents.block(blocks(), ordinal);
    try (Lines lines = lines(block)) {
      for (int i = block.firstOrdinal(); i <= ordinal; i++) {
        if (!lines.next()) {
          throw corrupt("block at " + block.at() + ": ends before event " + ordinal, null);
        }
      }
      return lines.copy();
    }
  }

  private byte[] part(String what, Trailer.Part part, long fromEnd) throws IOException {
    byte[] bytes = read(what, object.bytes() - fromEnd, part.bytes());
    if (StoredBytes.crc32c(bytes) != part.crc32c()) {
      throw corrupt(what + ": wrong checksum", null);
    }
    return bytes;
  }

  private byte[] read(String what, long position, int length) throws IOException {
    try {
      return StoredBytes.read(source, position, length);
    } catch (EOFException e) {
      throw corrupt(what + ": " + e.getMessage(), e);
    }
  }

  private Trailer trailer() {
    Trailer trailer = object.trailer();
    if (trailer == null) {
      throw new IllegalStateException(object + ": has no footer");
    }
    return trailer;
  }

  private BackendException corrupt(String detail, @Nullable Throwable cause) {
    return new BackendException.Corrupt(FileArchive.BACKEND, "read " + object, detail, cause);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
