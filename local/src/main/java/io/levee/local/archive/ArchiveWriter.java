package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.run.BackendException;
import io.levee.event.EventHeader;
import io.levee.spool.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes events in and makes objects of them. One thread at a time.
 *
 * <p>What is pending lies in memory, compressed, until its object is durable: a flush that fails
 * can be repeated and loses nothing.
 */
final class ArchiveWriter implements AutoCloseable {
  private final Generation generation;
  private final Storage storage;
  private final ArchiveOptions options;
  private final Clock clock;
  private final BlockCodec codec;
  private final Map<ProjectDay, List<ArchiveObject>> holders = new HashMap<>();
  private OpenObject open;
  private Positions committed;
  private Positions applied;

  ArchiveWriter(
      Generation generation,
      Storage storage,
      ArchiveOptions options,
      Clock clock,
      Positions committed) {
    this.generation = generation;
    this.storage = storage;
    this.options = options;
    this.clock = clock;
    this.codec = new BlockCodec(options.compressionLevel());
    this.open = new OpenObject(options, codec);
    this.committed = committed;
    this.applied = committed;
  }

  BlockCodec codec() {
    return codec;
  }

  Positions committed() {
    return committed;
  }

  /**
   * Takes in a batch whole. When it fails half-way the same batch can come again: events that are
   * here already are recognized; those that are only counted are passed over.
   */
  void apply(List<Delivery> batch) {
    for (Delivery delivery : batch) {
      requireOneLine(delivery.record().body());
    }
    flushIfFull();
    for (Delivery delivery : batch) {
      EventHeader header = delivery.record().header();
      if (header.sampledOut()) {
        continue;
      }
      LocalDate day = LocalDate.ofInstant(header.time(), ZoneOffset.UTC);
      put(
          new OpenObject.EventKey(new ProjectDay(header.project(), day), header.id()),
          delivery.record().body());
    }
    applied = applied.after(batch);
  }

  /** Moves behind a delivery without its effect. */
  void skip(Delivery delivery) {
    applied = applied.after(List.of(delivery));
  }

  /** Takes in events that do not come from the bus. */
  void add(List<StoredEvent> events) {
    for (StoredEvent event : events) {
      requireOneLine(event.json());
      EventPrefix prefix = EventPrefix.of(event.json());
      flushIfFull();
      put(new OpenObject.EventKey(prefix.key(), prefix.id()), event.json());
    }
  }

  /** Says where the archive stands after what was added; durable with the next flush. */
  void moveTo(Positions positions) {
    applied = positions;
  }

  private static void requireOneLine(byte[] json) {
    for (byte character : json) {
      if (character == '\n') {
        throw new IllegalArgumentException("event: a line end in it (expected: one line of JSON)");
      }
    }
  }

  private void flushIfFull() {
    if (open.isFull()) {
      flush();
    }
  }

  private void put(OpenObject.EventKey key, byte[] json) {
    ContentDigest digest = ContentDigest.of(json);
    long hash = EventHash.of(key.section().project(), key.id());
    OpenObject.Entry here = open.entry(key);
    if (here == null) {
      Removal stored = stored(key, hash);
      if (stored != null && stored.digest().equals(digest)) {
        return;
      }
      if (stored != null) {
        open.remove(stored);
      }
    } else if (here.digest().equals(digest)) {
      return;
    }
    open.add(key, hash, json, digest);
  }

  /** The event with this key in an object that is on disk, as what would take it away. */
  private @Nullable Removal stored(OpenObject.EventKey key, long hash) {
    for (ArchiveObject object :
        holders.computeIfAbsent(key.section(), generation.catalog()::holding)) {
      try {
        if (generation.filters().mayHold(object, hash)) {
          Removal found = stored(object, key, hash);
          if (found != null) {
            return found;
          }
        }
      } catch (BackendException.Corrupt e) {
        // What can't be read can't be compared; the event is kept twice and check() tells why.
        generation.damage().note(object.name(), String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw unavailable("read " + object, e);
      }
    }
    return null;
  }

  private @Nullable Removal stored(ArchiveObject object, OpenObject.EventKey key, long hash)
      throws IOException {
    try (ObjectReader reader = new ObjectReader(storage, object)) {
      // Damage may hide it; then the event is kept twice, as when it can't be read.
      for (int ordinal : reader.likelyOrdinals(hash)) {
        if (generation.catalog().isRemoved(object, ordinal)) {
          continue;
        }
        byte[] json = reader.json(ordinal);
        EventPrefix prefix = EventPrefix.of(json);
        if (prefix.id().equals(key.id()) && prefix.key().equals(key.section())) {
          return new Removal(
              object.head().sequence(), ordinal, key.section(), ContentDigest.of(json));
        }
      }
      return null;
    }
  }

  /** Makes all that is pending durable, as one object, and returns where the archive now stands. */
  Positions flush() {
    if (open.isEmpty() && applied.equals(committed)) {
      return committed;
    }
    write();
    return committed;
  }

  private void write() {
    List<PackedBlock> blocks = open.blocks();
    long sequence = generation.nextSequence();
    try {
      generation.settle();
      generation.add(write(blocks, sequence));
    } catch (IOException e) {
      throw unavailable("write", e);
    }
    committed = applied;
    open = new OpenObject(options, codec);
    holders.clear();
  }

  private ObjectWriter.Finished write(List<PackedBlock> blocks, long sequence) throws IOException {
    try (ObjectWriter writer = new ObjectWriter(storage, generation.folder(), sequence)) {
      for (PackedBlock block : blocks) {
        writer.add(block);
      }
      generation.doubt(sequence);
      ObjectWriter.Finished finished =
          writer.finish(
              new ObjectWriter.Origin(
                  sequence,
                  sequence,
                  clock.instant(),
                  committed,
                  applied,
                  List.of(),
                  open.digests(),
                  open.removals(sequence)));
      generation.trust();
      return finished;
    }
  }

  /** The objects have changed by other hands than {@link #flush}. Only while nothing is pending. */
  void forgetObjects() {
    holders.clear();
  }

  static BackendException unavailable(String operation, IOException cause) {
    return new BackendException.Unavailable(
        FileArchive.BACKEND, operation, String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public void close() {
    codec.close();
  }
}
