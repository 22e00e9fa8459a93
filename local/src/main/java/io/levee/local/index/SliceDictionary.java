package io.levee.local.index;

import io.levee.engine.index.Erasing;
import io.levee.engine.index.StoredEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which dictionary a slice packs with. A day takes one that was chosen from the day before; a first
 * day is written plainly until it has some events of its own. One that was chosen from few gives
 * way when there are many. Segments keep theirs until they are merged.
 *
 * <p>Changed by the thread that writes the slice; {@link #current} is asked by Lucene's.
 */
final class SliceDictionary {
  /** From so many events on there is something to choose from. */
  static final int EVENTS_FIRST = 2_000;

  /** A dictionary that was chosen from fewer is chosen anew when there are so many. */
  static final int EVENTS_SETTLED = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(SliceDictionary.class);
  private static final String COMMITTED = "dictionary";

  private volatile @Nullable EventDictionary current;
  private volatile Set<String> doomed = Set.of();
  private int triedAt;

  /** What segments are packed with from now on; null for plain blocks. */
  @Nullable EventDictionary current() {
    return current;
  }

  /** Gives a slice that does not exist yet its first dictionary. */
  void inherit(@Nullable EventDictionary from) {
    current = from;
  }

  /** Before a writer opens: takes what was committed, and deletes what no segment needs. */
  void open(Directory files) throws IOException {
    triedAt = 0;
    doomed = Set.of();
    if (DirectoryReader.indexExists(files)) {
      SegmentInfos committed = SegmentInfos.readLatestCommit(files);
      current = committed(files, committed);
      dropUnneeded(files, committed);
    }
    EventDictionary inherited = current;
    if (inherited != null) {
      inherited.writeTo(files);
    }
  }

  private static @Nullable EventDictionary committed(Directory files, SegmentInfos committed)
      throws IOException {
    String name = committed.getUserData().get(COMMITTED);
    if (name == null) {
      return null;
    }
    try {
      return EventDictionary.open(files, name);
    } catch (CorruptIndexException e) {
      if (named(committed).contains(name)) {
        throw e;
      }
      // No segment needs it: another one is chosen.
      LOG.atWarn().addKeyValue("file", name).setCause(e).log("dictionary unreadable");
      return null;
    }
  }

  /** What a commit must remember of it. */
  Map<String, String> toCommit() {
    EventDictionary now = current;
    return now == null ? Map.of() : Map.of(COMMITTED, now.name());
  }

  /** Chooses the first, or a better one, when it is time. */
  void renew(IndexWriter writer, Directory files) throws IOException {
    int docs = writer.getDocStats().maxDoc;
    EventDictionary now = current;
    boolean due =
        now == null
            ? docs >= EVENTS_FIRST
            : docs >= EVENTS_SETTLED && now.sampledOf() < EVENTS_SETTLED;
    if (due && docs >= 2L * triedAt) {
      triedAt = docs;
      try (DirectoryReader all = DirectoryReader.open(writer)) {
        adopt(DictionaryMaker.of(all), files);
      }
    }
  }

  private void adopt(@Nullable EventDictionary better, Directory files) throws IOException {
    if (better != null) {
      better.writeTo(files);
      current = better;
    }
  }

  /** The writer is closed. */
  void close() {
    EventDictionary last = current;
    current = null;
    if (last != null) {
      last.rest();
    }
  }

  /** The dictionaries that segments need. */
  private static Set<String> named(SegmentInfos segments) {
    Set<String> named = new HashSet<>();
    for (SegmentCommitInfo segment : segments) {
      String name = segment.info.getAttribute(DictionaryStoredFields.ATTRIBUTE);
      if (name != null) {
        named.add(name);
      }
    }
    return named;
  }

  /** The dictionaries that a commit needs. */
  static Set<String> needed(SegmentInfos committed) {
    Set<String> needed = named(committed);
    String toWrite = committed.getUserData().get(COMMITTED);
    if (toWrite != null) {
      needed.add(toWrite);
    }
    return needed;
  }

  private void dropUnneeded(Directory files, SegmentInfos committed) throws IOException {
    Set<String> needed = needed(committed);
    EventDictionary now = current;
    if (now != null) {
      needed.add(now.name());
    }
    for (String file : files.listAll()) {
      if (EventDictionary.isFile(file) && !needed.contains(file)) {
        files.deleteFile(file);
      }
    }
  }

  /**
   * Behind a commit: deletes those that hold what was to be deleted for good. Others that no commit
   * needs wait for the next {@link #open}: a merge may be writing with one of them.
   */
  void dropDoomed(Directory files) throws IOException {
    Set<String> needed = needed(SegmentInfos.readLatestCommit(files));
    for (String file : files.listAll()) {
      if (doomed.contains(file) && !needed.contains(file)) {
        files.deleteFile(file);
      }
    }
  }

  /**
   * Reads the dictionaries of a slice through, as they lie on disk now.
   *
   * @throws CorruptIndexException when one is damaged or missing
   */
  static void check(Directory files) throws IOException {
    if (DirectoryReader.indexExists(files)) {
      for (String name : needed(SegmentInfos.readLatestCommit(files))) {
        EventDictionary ignored = EventDictionary.open(files, name);
      }
    }
  }

  /** Whether one of a slice's dictionaries holds an event that is to be deleted for good. */
  static boolean holds(Directory files, Erasing which) throws IOException {
    return !holding(files, which).isEmpty();
  }

  /** Those that hold such an event, and files that nothing needs and nobody can read. */
  private static Set<String> holding(Directory files, Erasing which) throws IOException {
    Set<String> holding = new HashSet<>();
    if (!DirectoryReader.indexExists(files)) {
      return holding;
    }
    Set<String> needed = needed(SegmentInfos.readLatestCommit(files));
    for (String file : files.listAll()) {
      if (EventDictionary.isFile(file) && holds(files, file, needed.contains(file), which)) {
        holding.add(file);
      }
    }
    return holding;
  }

  private static boolean holds(Directory files, String file, boolean needed, Erasing which)
      throws IOException {
    try {
      return EventDictionary.open(files, file).events().stream().anyMatch(which::takes);
    } catch (CorruptIndexException e) {
      if (needed) {
        throw e;
      }
      return true;
    }
  }

  /**
   * Goes on with one that does not hold such events. Segments of those that do are written again
   * when {@link IndexWriter#forceMergeDeletes} is called, for as long as {@link #rewrites}.
   */
  void forget(Directory files, Erasing which) throws IOException {
    doomed = Set.copyOf(holding(files, which));
    EventDictionary now = current;
    if (now != null && doomed.contains(now.name())) {
      List<byte[]> kept = new ArrayList<>();
      for (StoredEvent event : now.events()) {
        if (!which.takes(event)) {
          kept.add(event.json());
        }
      }
      current = null;
      adopt(EventDictionary.of(now.sampledOf(), kept), files);
    }
  }

  /** Whether segments are left that must be written again. */
  boolean rewrites(DirectoryReader now) {
    for (LeafReaderContext leaf : now.leaves()) {
      if (leaf.reader() instanceof SegmentReader segment && isDoomed(segment.getSegmentInfo())) {
        return true;
      }
    }
    return false;
  }

  private boolean isDoomed(SegmentCommitInfo segment) {
    String name = segment.info.getAttribute(DictionaryStoredFields.ATTRIBUTE);
    return name != null && doomed.contains(name);
  }

  /** As another policy; but what is forced to lose its deletes loses doomed dictionaries, too. */
  MergePolicy merging(MergePolicy usual) {
    return new FilterMergePolicy(usual) {
      @Override
      public @Nullable MergeSpecification findForcedDeletesMerges(
          SegmentInfos segments, MergeContext context) throws IOException {
        MergeSpecification found = in.findForcedDeletesMerges(segments, context);
        MergeSpecification all = found == null ? new MergeSpecification() : found;
        Set<SegmentCommitInfo> taken = new HashSet<>(context.getMergingSegments());
        all.merges.forEach(merge -> taken.addAll(merge.segments));
        for (SegmentCommitInfo segment : segments) {
          if (isDoomed(segment) && taken.add(segment)) {
            all.add(new OneMerge(List.of(segment)));
          }
        }
        return all.merges.isEmpty() ? null : all;
      }
    };
  }
}
