package io.levee.local.measure;

import io.levee.engine.measure.Counters;
import io.levee.engine.measure.LedgerStore;
import io.levee.engine.measure.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in a file that is mapped into memory: what was added is in the kernel's hands at once, and
 * survives the process, whatever ends it. Two halves take turns: one is added to while the other is
 * given to the store under a generation number, so that neither a kill between giving and
 * forgetting nor a store in trouble makes anything count twice or not at all. A power cut may cost
 * the last seconds. Thread-safe; adding never waits for the disk.
 */
public final class MappedCounters implements Counters, AutoCloseable {
  /** How many different lines a half has room for, unless told otherwise. */
  public static final int SLOTS_DEFAULT = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(MappedCounters.class);
  private static final int MAGIC = 0x4C564C43;
  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 4096;
  private static final int SLOTS_LEAST = 64;

  private final Path file;
  private final int slots;
  private final StampedLock turns = new StampedLock();
  private final AtomicLong coarsened = new AtomicLong();
  private @Nullable Mapped mapped;
  private long generation;

  /** The open file. The active half changes only under the write lock. */
  private static final class Mapped {
    private final Arena arena;
    private CounterBank active;
    private CounterBank other;

    private Mapped(Arena arena, CounterBank active, CounterBank other) {
      this.arena = arena;
      this.active = active;
      this.other = other;
    }
  }

  /**
   * @param slots how many different lines a half has room for, 64 or more; a file that was made
   *     with another number keeps its own
   */
  public MappedCounters(Path file, int slots) {
    if (slots < SLOTS_LEAST) {
      throw new IllegalArgumentException(
          "slots: " + slots + " (expected: " + SLOTS_LEAST + " or more)");
    }
    this.file = file;
    this.slots = slots;
  }

  /**
   * Opens the file, or makes it, and gives what an earlier process left in it to the store. A file
   * that can't be read is set aside under another name.
   *
   * @throws UncheckedIOException when the file can't be made or mapped
   * @throws io.levee.engine.run.BackendException when the store is in trouble
   */
  public void start(LedgerStore store) {
    try {
      List<CounterBank> banks = open();
      generation = store.generation();
      for (CounterBank bank : banks) {
        generation = Math.max(generation, bank.generation());
      }
      for (CounterBank bank : banks) {
        give(bank, store);
      }
      banks.getFirst().begin(++generation);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file + ": " + e.getMessage(), e);
    }
  }

  /** The halves, the older first. */
  private List<CounterBank> open() throws IOException {
    if (Files.exists(file) && !isOurs()) {
      setAside("not a file of counters, or not whole");
    }
    if (!Files.exists(file)) {
      create();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Arena arena = Arena.ofShared();
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
      long half = (bytes.byteSize() - HEAD_BYTES) / 2;
      CounterBank first = new CounterBank(bytes.asSlice(HEAD_BYTES, half));
      CounterBank second = new CounterBank(bytes.asSlice(HEAD_BYTES + half, half));
      mapped = new Mapped(arena, first, second);
      List<CounterBank> banks =
          Stream.of(first, second)
              .sorted(Comparator.comparingLong(CounterBank::generation))
              .toList();
      mapped.active = banks.getFirst();
      mapped.other = banks.getLast();
      return banks;
    }
  }

  private boolean isOurs() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(12);
      if (channel.read(head, 0) < head.capacity()) {
        return false;
      }
      head.flip();
      boolean known = head.getInt() == MAGIC && head.getInt() == VERSION;
      return known && channel.size() == HEAD_BYTES + 2 * CounterBank.bytesFor(head.getInt());
    }
  }

  private void setAside(String why) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
    Files.move(file, aside);
    LOG.atError()
        .addKeyValue("file", aside)
        .addKeyValue("why", why)
        .log("counts of the last seconds before the stop can't be read; set aside");
  }

  /** Written whole, so that adding never meets a full disk. */
  private void create() throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer all =
          ByteBuffer.allocate(Math.toIntExact(HEAD_BYTES + 2 * CounterBank.bytesFor(slots)));
      all.putInt(MAGIC).putInt(VERSION).putInt(slots).rewind();
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private void give(CounterBank bank, LedgerStore store) throws IOException {
    if (bank.generation() == 0) {
      return;
    }
    CounterBank.Contents contents = bank.contents();
    if (contents.unreadable() > 0) {
      keepCopy(contents.unreadable());
    }
    store.addOnce(bank.generation(), contents.entries());
    bank.clear();
  }

  /** What can't be read is kept for whoever wants to look. */
  private void keepCopy(int unreadable) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
    Files.copy(file, copy);
    LOG.atError()
        .addKeyValue("copy", copy)
        .addKeyValue("lines", unreadable)
        .log("some counts of the last seconds before the stop can't be read");
  }

  @Override
  public void add(Tally line, long quantity) {
    long stamp = turns.readLock();
    try {
      if (!opened().active.add(line, quantity)) {
        coarsened.addAndGet(quantity);
      }
    } finally {
      turns.unlockRead(stamp);
    }
  }

  private Mapped opened() {
    Mapped open = mapped;
    if (open == null) {
      throw new IllegalStateException("counters: not open (expected: started, not closed)");
    }
    return open;
  }

  /** How much was counted on a coarser line because there was no room for its own. */
  public long coarsened() {
    return coarsened.get();
  }

  @Override
  public synchronized void drainTo(LedgerStore store) {
    Mapped open = opened();
    if (open.other.generation() == 0) {
      if (open.active.isUnused()) {
        return;
      }
      turn(open);
    }
    store.addOnce(open.other.generation(), open.other.contents().entries());
    open.other.clear();
  }

  /** From now on the other half is added to. */
  private void turn(Mapped open) {
    long stamp = turns.writeLock();
    try {
      CounterBank full = open.active;
      open.other.begin(++generation);
      open.active = open.other;
      open.other = full;
    } finally {
      turns.unlockWrite(stamp);
    }
  }

  /** Lets go of the file; what was not drained stays in it. Idempotent. */
  @Override
  public synchronized void close() {
    long stamp = turns.writeLock();
    try {
      Mapped open = mapped;
      mapped = null;
      if (open != null) {
        open.arena.close();
      }
    } finally {
      turns.unlockWrite(stamp);
    }
  }
}
