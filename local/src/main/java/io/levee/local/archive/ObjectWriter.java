package io.levee.local.archive;

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
 * Writes one object: block after block to a temporary file, then the footer, force, rename, force
 * the folder. One thread. Until {@link #finish} returns nothing has happened; when it fails the
 * object may or may not be there under its name.
 */
final class ObjectWriter implements AutoCloseable {
  static final String TEMPORARY = ".tmp";

  private final Storage storage;
  private final String folder;
  private final String temporary;
  private final Storage.Sink sink;
  private final Map<ProjectDay, Integer> sections = new LinkedHashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private long[] hashes = new long[1024];
  private int events;
  private long position;
  private boolean renamed;

  ObjectWriter(Storage storage, String folder, long sequence) throws IOException {
    this.storage = storage;
    this.folder = folder;
    this.temporary = folder + "/" + ObjectName.digits(sequence) + TEMPORARY;
    this.sink = storage.create(temporary);
  }

  /** What the head says beside what the writer knows by itself. */
  record Origin(
      long sequence,
      long order,
      Instant created,
      Positions before,
      Positions after,
      List<Long> supersedes,
      Map<ProjectDay, ContentDigest> digests,
      List<Removal> removals) {}

  int events() {
    return events;
  }

  /** Bytes of all blocks so far. */
  long bytes() {
    return position;
  }

  void add(PackedBlock block) throws IOException {
    StoredBytes.write(sink, block.frame());
    int section = sections.computeIfAbsent(block.key(), key -> sections.size());
    int count = block.hashes().length;
    blocks.add(
        new Block(
            position,
            block.frame().length,
            block.rawBytes(),
            section,
            events,
            count,
            StoredBytes.crc32c(block.frame())));
    if (events + count > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(events + count, hashes.length * 2));
    }
    System.arraycopy(block.hashes(), 0, hashes, events, count);
    events += count;
    position += block.frame().length;
  }

  /** A finished object and its filter. */
  record Finished(ArchiveObject object, IdFilter filter) {}

  /** Makes the object durable under its name. */
  Finished finish(Origin origin) throws IOException {
    IdTable ids = IdTable.of(Arrays.copyOf(hashes, events));
    IdFilter filter = IdFilter.of(ids);
    ObjectHead head = head(origin);
    Trailer trailer = footer(ids, filter, head);
    sink.force();
    sink.close();
    String name = folder + "/" + ObjectName.of(head);
    renamed = true;
    storage.rename(temporary, name);
    storage.forceFolder(folder);
    return new Finished(ArchiveObject.sound(name, position, head, trailer), filter);
  }

  private ObjectHead head(Origin origin) {
    List<Section> counted = new ArrayList<>();
    for (ProjectDay key : sections.keySet()) {
      counted.add(new Section(key, origin.digests.getOrDefault(key, ContentDigest.EMPTY)));
    }
    return new ObjectHead(
        origin.sequence,
        origin.order,
        origin.created,
        origin.before,
        origin.after,
        origin.supersedes,
        counted,
        origin.removals,
        events,
        blocks.size());
  }

  private Trailer footer(IdTable ids, IdFilter filter, ObjectHead head) throws IOException {
    byte[] blockBytes = HeadCodec.encode(blocks);
    byte[] idBytes = ids.encode();
    byte[] filterBytes = filter.encode();
    byte[] headBytes = HeadCodec.encode(head);
    Trailer trailer =
        new Trailer(
            Trailer.Part.of(blockBytes),
            Trailer.Part.of(idBytes),
            Trailer.Part.of(filterBytes),
            Trailer.Part.of(headBytes));
    StoredBytes.write(sink, trailer.skippableHeader());
    StoredBytes.write(sink, blockBytes);
    StoredBytes.write(sink, idBytes);
    StoredBytes.write(sink, filterBytes);
    StoredBytes.write(sink, headBytes);
    StoredBytes.write(sink, trailer.encode());
    position += trailer.footerBytes();
    return trailer;
  }

  /** Gives up, unless finished. What stays behind is removed at the next start. */
  @Override
  public void close() throws IOException {
    sink.close();
    if (!renamed) {
      storage.delete(temporary);
    }
  }
}
