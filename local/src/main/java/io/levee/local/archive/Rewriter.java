package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.spool.Storage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes one object of one or several: without what expired, without what was replaced, and with
 * small blocks joined. Whole blocks are copied byte for byte. One thread, while nothing is pending.
 */
final class Rewriter {
  private final Generation generation;
  private final Storage storage;
  private final ArchiveOptions options;
  private final Clock clock;
  private final BlockCodec codec;

  Rewriter(
      Generation generation,
      Storage storage,
      ArchiveOptions options,
      Clock clock,
      BlockCodec codec) {
    this.generation = generation;
    this.storage = storage;
    this.options = options;
    this.clock = clock;
    this.codec = codec;
  }

  /**
   * Replaces objects by a new one.
   *
   * @param inputs neighbours, oldest first
   * @param keep which projects and days are kept
   * @param copiedRawBytesMin smaller blocks are joined with others of their project and day
   */
  void rewrite(List<ArchiveObject> inputs, Predicate<ProjectDay> keep, int copiedRawBytesMin)
      throws IOException {
    rewrite(inputs, keep, copiedRawBytesMin, Erased.NOTHING);
  }

  /** Replaces an object by one without some of its events; whole blocks are copied as they are. */
  void rewrite(ArchiveObject input, Erased erased) throws IOException {
    rewrite(List.of(input), key -> true, 0, erased);
  }

  private void rewrite(
      List<ArchiveObject> inputs, Predicate<ProjectDay> keep, int copiedRawBytesMin, Erased erased)
      throws IOException {
    generation.settle();
    long sequence = generation.nextSequence();
    try (ObjectWriter writer = new ObjectWriter(storage, generation.folder(), sequence)) {
      Pass pass = new Pass(writer, keep, copiedRawBytesMin, erased.ordinals());
      for (ArchiveObject input : inputs) {
        pass.copy(input);
      }
      pass.packAll();
      generation.doubt(sequence);
      ObjectWriter.Finished finished = writer.finish(origin(inputs, keep, sequence, erased));
      generation.trust();
      generation.replace(inputs, finished);
    }
  }

  private ObjectWriter.Origin origin(
      List<ArchiveObject> inputs, Predicate<ProjectDay> keep, long sequence, Erased erased) {
    Map<ProjectDay, ContentDigest> digests = new LinkedHashMap<>();
    List<Removal> carried = new ArrayList<>();
    Set<Long> superseded = new TreeSet<>();
    inputs.forEach(input -> superseded.add(input.head().sequence()));
    inputs.forEach(input ->
        input.digests().forEach((key, digest) -> digests.merge(key, digest, ContentDigest::plus)));
    erased
        .digests()
        .forEach((key, gone) -> digests.computeIfPresent(key, (k, sum) -> sum.minus(gone)));
    for (ArchiveObject input : inputs) {
      for (Removal removal : generation.catalog().removals(input)) {
        digests.computeIfPresent(removal.key(), (key, sum) -> sum.minus(removal.digest()));
      }
      for (Removal removal : input.head().removals()) {
        if (!superseded.contains(removal.object())
            && generation.catalog().has(removal.object())
            && keep.test(removal.key())) {
          carried.add(removal);
        }
      }
    }
    return new ObjectWriter.Origin(
        sequence,
        inputs.getLast().head().order(),
        clock.instant(),
        inputs.getFirst().head().before(),
        inputs.getLast().head().after(),
        List.copyOf(superseded),
        digests,
        carried);
  }

  /** One way through the inputs. */
  private final class Pass {
    private final ObjectWriter writer;
    private final Predicate<ProjectDay> keep;
    private final int copiedRawBytesMin;
    private final Set<Integer> erased;
    private final Map<ProjectDay, OpenBlock> open = new HashMap<>();
    private long openBytes;

    private Pass(
        ObjectWriter writer,
        Predicate<ProjectDay> keep,
        int copiedRawBytesMin,
        Set<Integer> erased) {
      this.writer = writer;
      this.keep = keep;
      this.copiedRawBytesMin = copiedRawBytesMin;
      this.erased = erased;
    }

    private void copy(ArchiveObject input) throws IOException {
      try (ObjectReader reader = new ObjectReader(storage, input)) {
        long[] hashes = reader.ids().hashesByOrdinal();
        Set<Integer> removed = new HashSet<>(generation.catalog().removed(input));
        removed.addAll(erased);
        for (Block block : reader.blocks()) {
          ProjectDay key = input.head().sections().get(block.section()).key();
          if (keep.test(key)) {
            copy(reader, block, key, hashes, removed);
          }
        }
      }
    }

    private void copy(
        ObjectReader reader, Block block, ProjectDay key, long[] hashes, Set<Integer> removed)
        throws IOException {
      int first = block.firstOrdinal();
      boolean whole = removed.stream().noneMatch(block::holds);
      if (whole && block.rawBytes() >= copiedRawBytesMin) {
        long[] own = Arrays.copyOfRange(hashes, first, first + block.events());
        writer.add(new PackedBlock(key, reader.frame(block), block.rawBytes(), own));
        return;
      }
      try (Lines lines = reader.lines(block)) {
        for (int ordinal = first; lines.next(); ordinal++) {
          if (!removed.contains(ordinal)) {
            add(key, lines, hashes[ordinal]);
          }
        }
      }
    }

    private void add(ProjectDay key, Lines lines, long hash) throws IOException {
      OpenBlock block = open.computeIfAbsent(key, absent -> new OpenBlock());
      if (block.events() > 0 && block.length() + lines.length() + 1 > options.blockRawBytes()) {
        pack(key);
        block = new OpenBlock();
        open.put(key, block);
      }
      block.add(lines.buffer(), lines.from(), lines.length(), hash);
      openBytes += lines.length() + 1;
      while (openBytes > options.openRawBytesMax()) {
        pack(
            open.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().length()))
                .orElseThrow()
                .getKey());
      }
    }

    private void pack(ProjectDay key) throws IOException {
      OpenBlock block = open.remove(key);
      if (block != null) {
        openBytes -= block.length();
        writer.add(block.pack(codec, key));
      }
    }

    private void packAll() throws IOException {
      for (ProjectDay key : List.copyOf(open.keySet())) {
        pack(key);
      }
    }
  }
}
