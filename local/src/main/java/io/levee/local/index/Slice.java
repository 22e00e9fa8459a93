package io.levee.local.index;

import io.levee.engine.bus.Positions;
import io.levee.engine.index.Erasing;
import io.levee.event.Event;
import io.levee.event.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The events of one day. Written by one thread at a time, but for {@link #put}; read by any number.
 * The writer and the reader come and go; the directory stays.
 */
final class Slice {
  private static final Analyzer NONE = new KeywordAnalyzer();

  /** In the commit data of slices that have doc values of extra and contexts. */
  private static final String LEAVES_COUNTED = "leaves_counted";

  private static final double SEGMENTS_PER_TIER = 8;
  private static final double SEGMENT_FLOOR_MB = 4;

  private final LocalDate day;
  private final Path path;
  private final long bufferBytesMax;
  private final SliceDictionary dictionary = new SliceDictionary();
  private final Codec codec = new LeveeCodec(dictionary::current);

  // Of the writing thread.
  private @Nullable Directory directory;
  private @Nullable IndexWriter writer;
  private IdFilter[] ids = noIds();
  private KnownStacks stacks = new KnownStacks();
  private KnownKeys keys = new KnownKeys();
  private boolean uncommitted;
  private boolean unseen;
  private long usedNanos;

  // Guarded by this.
  private @Nullable DirectoryReader reader;
  private boolean gone;
  private long readNanos;

  /** Whether it has doc values of extra and contexts; those of earlier versions have not. */
  private volatile boolean countsLeaves = true;

  Slice(LocalDate day, Path path, long bufferBytesMax) {
    this.day = day;
    this.path = path;
    this.bufferBytesMax = bufferBytesMax;
  }

  LocalDate day() {
    return day;
  }

  Path path() {
    return path;
  }

  boolean writing() {
    return writer != null;
  }

  boolean uncommitted() {
    return uncommitted;
  }

  boolean unseen() {
    return unseen;
  }

  long usedNanos() {
    return usedNanos;
  }

  long bufferedBytes() {
    return writer == null ? 0 : writer.ramBytesUsed();
  }

  /**
   * Gives a slice that is about to begin a dictionary of this one's events; null when it has too
   * few of them.
   */
  @Nullable EventDictionary bequeath(long nowNanos) throws IOException {
    DirectoryReader open = acquire(nowNanos);
    if (open == null) {
      return null;
    }
    try {
      return open.maxDoc() < SliceDictionary.EVENTS_FIRST ? null : DictionaryMaker.of(open);
    } finally {
      open.decRef();
    }
  }

  /** Of a slice that does not exist yet: what it shall pack its events with. */
  void inherit(@Nullable EventDictionary from) {
    dictionary.inherit(from);
  }

  /** Opens it for {@link #put}: called before, by the thread that writes the index. */
  void begin(long nowNanos) throws IOException {
    IndexWriter open = writer();
    dictionary.renew(open, Objects.requireNonNull(directory));
    usedNanos = nowNanos;
    uncommitted = true;
    unseen = true;
  }

  /**
   * Adds an event, or puts it in the place of the one with the same key. A stack that it refers to
   * lies before it, and readers are let in when no lane is at work, so none sees the one without
   * the other. Called by one thread a lane.
   */
  void put(EventDocument documents, Event event, byte[] json) throws IOException {
    IndexWriter open = writer();
    Document document = documents.of(event, json, stacks, countsLeaves ? keys : null);
    documents.addNewStacks(open::addDocument);
    long tie = Schema.tie(event.id(), event.project());
    if (ids[IndexLanes.lane(tie)].maybeSeen(tie)) {
      open.updateDocument(new Term(Schema.KEY, Schema.key(event.id(), event.project())), document);
    } else {
      open.addDocument(document);
    }
  }

  /** Deletes the events of projects, and the stacks that no other event refers to. */
  void delete(List<ProjectId> projects, long nowNanos) throws IOException {
    begin(nowNanos);
    IndexWriter open = writer();
    for (ProjectId project : projects) {
      open.deleteDocuments(LuceneQueries.project(project));
    }
    try (DirectoryReader left = DirectoryReader.open(open)) {
      for (long stack : SliceStacks.orphans(left)) {
        open.deleteDocuments(new Term(Schema.STACK_KEY, Schema.stack(stack)));
      }
    }
    try (DirectoryReader left = DirectoryReader.open(open)) {
      stacks = SliceStacks.known(left);
    }
  }

  /**
   * Deletes events for good, with what is known of their stacks from them alone. Behind the next
   * commit and refresh no file holds a byte of them.
   */
  void erase(SliceErasure erasure, long nowNanos) throws IOException {
    begin(nowNanos);
    IndexWriter open = writer();
    dictionary.forget(Objects.requireNonNull(directory), erasure.which());
    erasure.run(open, dictionary);
    try (DirectoryReader left = DirectoryReader.open(open)) {
      stacks = SliceStacks.known(left);
    }
  }

  /** Fails when one of its dictionaries is damaged. */
  void checkDictionaries() throws IOException {
    try (Directory committed = new MMapDirectory(path)) {
      SliceDictionary.check(committed);
    }
  }

  /** Whether its dictionaries hold an event that is to be deleted for good. */
  boolean remembers(Erasing which) throws IOException {
    try (Directory committed = new MMapDirectory(path)) {
      return SliceDictionary.holds(committed, which);
    }
  }

  /** Deletes files that a crash left and that no commit names; a writer does so when it opens. */
  void dropStrays(long nowNanos) throws IOException {
    if (writer == null) {
      if (hasStrays()) {
        writer();
        usedNanos = nowNanos;
        closeWriter();
      }
    } else {
      writer.deleteUnusedFiles();
      dictionary.dropDoomed(Objects.requireNonNull(directory));
    }
  }

  private boolean hasStrays() throws IOException {
    try (Directory committed = new MMapDirectory(path)) {
      Set<String> strays = new HashSet<>(List.of(committed.listAll()));
      SegmentInfos segments = SegmentInfos.readLatestCommit(committed);
      strays.removeAll(segments.files(true));
      strays.removeAll(SliceDictionary.needed(segments));
      strays.remove(IndexWriter.WRITE_LOCK_NAME);
      return !strays.isEmpty();
    }
  }

  private IndexWriter writer() throws IOException {
    if (writer != null) {
      return writer;
    }
    IndexWriterConfig config = new IndexWriterConfig(NONE);
    config.setCodec(codec);
    config.setRAMBufferSizeMB(bufferBytesMax / 1048576.0);
    config.setUseCompoundFile(false);
    config.setCommitOnClose(false);
    // Otherwise every refresh merges all small segments again before it lets anybody read.
    config.setMaxFullFlushMergeWaitMillis(0);
    config.setMergePolicy(dictionary.merging(merging()));
    Directory opened = new MMapDirectory(path);
    try {
      countsLeaves = countsLeaves(opened);
      dictionary.open(opened);
      writer = new IndexWriter(opened, config);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    directory = opened;
    try (DirectoryReader existing = DirectoryReader.open(writer)) {
      ids = knownIds(existing);
      stacks = SliceStacks.known(existing);
      keys = KnownKeys.of(existing);
    }
    return writer;
  }

  private static boolean countsLeaves(Directory files) throws IOException {
    return !DirectoryReader.indexExists(files)
        || SegmentInfos.readLatestCommit(files).getUserData().containsKey(LEAVES_COUNTED);
  }

  /** Whether it has doc values of extra and contexts; to be asked while a reader is held. */
  boolean countsLeaves() {
    return countsLeaves;
  }

  /** Refreshing makes many small segments: which are merged early, for the disk. */
  private static MergePolicy merging() {
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setSegmentsPerTier(SEGMENTS_PER_TIER);
    policy.setFloorSegmentMB(SEGMENT_FLOOR_MB);
    policy.setForceMergeDeletesPctAllowed(0); // Only an erasure asks for it, and means every byte.
    return policy;
  }

  private static IdFilter[] noIds() {
    IdFilter[] none = new IdFilter[IndexLanes.COUNT];
    Arrays.setAll(none, lane -> new IdFilter());
    return none;
  }

  private static IdFilter[] knownIds(DirectoryReader existing) throws IOException {
    IdFilter[] known = noIds();
    for (LeafReaderContext leaf : existing.leaves()) {
      NumericDocValues ties = leaf.reader().getNumericDocValues(Schema.TIE);
      while (ties != null && ties.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
        long tie = ties.longValue();
        known[IndexLanes.lane(tie)].maybeSeen(tie);
      }
    }
    return known;
  }

  /** Writes what is buffered as a segment. */
  void spill() throws IOException {
    if (writer != null) {
      writer.flush();
    }
  }

  /** Makes what was written durable. */
  void commit(Positions positions) throws IOException {
    if (writer != null && uncommitted) {
      Map<String, String> data = new HashMap<>(dictionary.toCommit());
      data.put("positions", positions.encode());
      if (countsLeaves) {
        data.put(LEAVES_COUNTED, "1");
      }
      writer.setLiveCommitData(data.entrySet());
      writer.commit();
      uncommitted = false;
    }
  }

  /** Lets readers see what was written. */
  void refresh() throws IOException {
    IndexWriter open = writer;
    if (open == null || !unseen) {
      return;
    }
    DirectoryReader old;
    synchronized (this) {
      old = reader;
    }
    DirectoryReader fresh =
        old == null ? DirectoryReader.open(open) : DirectoryReader.openIfChanged(old, open);
    if (fresh != null) {
      swap(fresh);
    }
    unseen = false;
  }

  private void swap(@Nullable DirectoryReader fresh) throws IOException {
    DirectoryReader old;
    synchronized (this) {
      old = reader;
      reader = fresh;
    }
    if (old != null) {
      old.decRef();
    }
  }

  /** Closes the writer of a slice that was committed; what was written stays visible. */
  void closeWriter() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      return;
    }
    refresh();
    writer = null;
    ids = noIds();
    stacks = new KnownStacks();
    keys = new KnownKeys();
    open.close();
    dictionary.close();
    swap(null); // The next reader opens what was committed.
    closeDirectory();
  }

  private void closeDirectory() throws IOException {
    Directory open = directory;
    directory = null;
    if (open != null) {
      open.close();
    }
  }

  /** The reader that is visible now, to be released by decRef; null when the slice was dropped. */
  synchronized @Nullable DirectoryReader acquire(long nowNanos) throws IOException {
    if (gone) {
      return null;
    }
    if (reader == null) {
      reader = open();
    }
    readNanos = nowNanos;
    reader.incRef();
    return reader;
  }

  private DirectoryReader open() throws IOException {
    try (Directory committed = new MMapDirectory(path)) {
      countsLeaves = countsLeaves(committed);
      return DirectoryReader.open(committed);
    }
  }

  synchronized boolean reading() {
    return reader != null;
  }

  synchronized long readNanos() {
    return readNanos;
  }

  /** Closes the reader until somebody asks again. Not while the slice is written. */
  void closeReader() throws IOException {
    if (writer == null) {
      swap(null);
    }
  }

  /** Gives up what is not committed; whoever reads or writes next opens what is. */
  void rollback() throws IOException {
    IndexWriter open = writer;
    writer = null;
    ids = noIds();
    uncommitted = false;
    unseen = false;
    try {
      if (open != null) {
        open.rollback();
      }
    } finally {
      swap(null);
      closeDirectory();
    }
  }

  /** Gives up what is not committed, and lets no reader in any more. */
  void close() throws IOException {
    synchronized (this) {
      gone = true;
    }
    swap(null);
    IndexWriter open = writer;
    writer = null;
    try {
      if (open != null) {
        open.rollback();
      }
    } finally {
      closeDirectory();
    }
  }
}
