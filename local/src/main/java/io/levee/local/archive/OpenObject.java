package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.event.EventId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was applied and not flushed: compressed blocks, and one open block for each project and day.
 * One thread at a time.
 */
final class OpenObject {
  /** About what one event costs in memory beside its text: its key, entry and place in a map. */
  private static final int ENTRY_BYTES = 200;

  /** Leaves room for a batch and for compaction; flushing earlier costs nothing. */
  static final int EVENTS_MAX = IdTable.EVENTS_MAX / 4;

  private final ArchiveOptions options;
  private final BlockCodec codec;
  private final Map<EventKey, Entry> entries = new HashMap<>();
  private final Map<ProjectDay, OpenSection> sections = new LinkedHashMap<>();
  private final List<PackedBlock> packed = new ArrayList<>();
  private final List<Entry> replacedHere = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();
  private long packedBytes;
  private long openBytes;
  private int packedEvents;

  OpenObject(ArchiveOptions options, BlockCodec codec) {
    this.options = options;
    this.codec = codec;
  }

  /** What makes an event itself. */
  record EventKey(ProjectDay section, EventId id) {}

  /** An event that is in the object. */
  static final class Entry {
    private final OpenSection section;
    private final ContentDigest digest;
    private int ordinal;

    private Entry(OpenSection section, ContentDigest digest) {
      this.section = section;
      this.digest = digest;
    }

    ContentDigest digest() {
      return digest;
    }
  }

  /** One project's events of one day. */
  private static final class OpenSection {
    private final ProjectDay key;
    private ContentDigest digest = ContentDigest.EMPTY;
    private OpenBlock block = new OpenBlock();
    private final List<Entry> blockEntries = new ArrayList<>();

    private OpenSection(ProjectDay key) {
      this.key = key;
    }
  }

  /** The event with this key, if it is here; the newest of them. */
  @Nullable Entry entry(EventKey key) {
    return entries.get(key);
  }

  /** Adds an event; one with the same key that is here already no longer counts. */
  void add(EventKey key, long hash, byte[] json, ContentDigest digest) {
    OpenSection section = sections.computeIfAbsent(key.section(), OpenSection::new);
    if (section.block.events() > 0
        && section.block.length() + json.length + 1 > options.blockRawBytes()) {
      pack(section);
    }
    Entry entry = new Entry(section, digest);
    Entry replaced = entries.put(key, entry);
    if (replaced != null) {
      replacedHere.add(replaced);
    }
    section.block.add(json, 0, json.length, hash);
    section.blockEntries.add(entry);
    section.digest = section.digest.plus(digest);
    openBytes += json.length + 1;
    while (openBytes > options.openRawBytesMax()) {
      packFullest();
    }
  }

  /** An event of an older object has been replaced by one of this. */
  void remove(Removal removal) {
    removals.add(removal);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether it is time to flush. */
  boolean isFull() {
    return packedBytes + openBytes + (long) entries.size() * ENTRY_BYTES
            >= options.pendingBytesMax()
        || events() >= EVENTS_MAX;
  }

  /** All events, those included that were replaced here. */
  private int events() {
    return entries.size() + replacedHere.size();
  }

  /** Closes every block and returns all, in the order in which ordinals were given. */
  List<PackedBlock> blocks() {
    sections.values().forEach(this::pack);
    return List.copyOf(packed);
  }

  /** Count and digest of all events by section. */
  Map<ProjectDay, ContentDigest> digests() {
    Map<ProjectDay, ContentDigest> digests = new LinkedHashMap<>();
    sections.forEach((key, section) -> digests.put(key, section.digest));
    return digests;
  }

  /**
   * What the events replaced, here and in older objects. Only after {@link #blocks}, which settles
   * the ordinals.
   *
   * @param sequence the number that this object gets
   */
  List<Removal> removals(long sequence) {
    List<Removal> all = new ArrayList<>(removals);
    for (Entry entry : replacedHere) {
      all.add(new Removal(sequence, entry.ordinal, entry.section.key, entry.digest));
    }
    return all;
  }

  private void packFullest() {
    sections.values().stream()
        .max(Comparator.comparingInt(section -> section.block.length()))
        .ifPresent(this::pack);
  }

  private void pack(OpenSection section) {
    if (section.block.events() == 0) {
      return;
    }
    PackedBlock block = section.block.pack(codec, section.key);
    packed.add(block);
    packedBytes += block.frame().length;
    openBytes -= section.block.length();
    for (Entry entry : section.blockEntries) {
      entry.ordinal = packedEvents++;
    }
    section.blockEntries.clear();
    section.block = new OpenBlock();
  }
}
