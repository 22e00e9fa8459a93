package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that can fail and lose power, for tests. Every operation that changes
 * something (create, append, write, force, rename, delete, create folder, force folder, rewrite)
 * has a number, from 1; one of them can be made to fail, or to be the last before the power goes.
 * What a power cut leaves is another storage: bytes not forced may be missing, there, torn or
 * scattered; entries of folders not forced may be old or new, each by itself, a rename as a whole.
 * Bytes whose force failed are never safe again, though they can be read until the cut, unless they
 * are rewritten. For any thread.
 */
public final class FaultyStorage implements Storage {

  /** How an operation fails. */
  public enum Fault {
    /** Nothing is done. A force leaves its bytes unsafe for ever. */
    IO_ERROR,
    /** A write puts the first half of its bytes and fails; other operations do nothing. */
    DISK_FULL,
    /** A write takes one byte and says so; nothing else is affected. */
    SHORT_WRITE
  }

  /** What a power cut takes of the things that were not forced. */
  public enum Loss {
    EVERYTHING,
    NOTHING,
    RANDOM
  }

  /**
   * A change of a folder that is not forced; both names are of one file, the first is null for a
   * creation.
   */
  private record Change(@Nullable String from, @Nullable String to, FaultyFile file) {
    boolean touches(String folder) {
      return (from != null && folder(from).equals(folder))
          || (to != null && folder(to).equals(folder));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, FaultyFile> files = new TreeMap<>();
  private final TreeMap<String, FaultyFile> forced = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Set<String> locked = new HashSet<>();
  private final List<String> journal = new ArrayList<>();
  private final Map<Long, Fault> faults = new HashMap<>();
  private long operations;
  private long cutAt = Long.MAX_VALUE;
  private boolean forceIsIgnored;
  private long bytesRead;
  private @Nullable Runnable witness;

  /** An empty disk. */
  public FaultyStorage() {}

  /** Makes the operation of a number fail. */
  public void failAt(long operation, Fault fault) {
    faults.put(operation, fault);
  }

  /** Makes the power go with the operation of a number: it and all that come after fail. */
  public void cutAt(long operation) {
    cutAt = operation;
  }

  /** A disk that lies: force returns and does nothing. For negative controls. */
  public void ignoreForce() {
    forceIsIgnored = true;
  }

  /**
   * Has somebody look at the disk after every operation, before it is answered; nothing else
   * happens on the disk meanwhile.
   */
  public void watch(Runnable afterEach) {
    witness = afterEach;
  }

  /** How many operations there were. */
  public long operations() {
    return locked(() -> operations);
  }

  /** What the operations were, in order: kind and name. */
  public List<String> journal() {
    return locked(() -> List.copyOf(journal));
  }

  /** How many bytes were read. */
  public long bytesRead() {
    return locked(() -> bytesRead);
  }

  /** The names of all files. */
  public List<String> files() {
    return locked(() -> List.copyOf(files.keySet()));
  }

  /** A copy of a file's content. */
  public byte[] content(String name) {
    return locked(() -> existing(name).content().clone());
  }

  /** Replaces or creates a file, safely on the disk. */
  public void put(String name, byte[] content) {
    locked(() -> {
      FaultyFile file = files.computeIfAbsent(name, absent -> new FaultyFile(content));
      file.content(content.clone());
      file.force();
      forced.put(name, file);
      return file;
    });
  }

  /** The disk as the kill of the process leaves it: all there, what was not forced still is not. */
  public FaultyStorage afterKill() {
    return locked(() -> {
      FaultyStorage next = new FaultyStorage();
      Map<FaultyFile, FaultyFile> copies = new HashMap<>();
      files.forEach(
          (name, file) -> next.files.put(name, copies.computeIfAbsent(file, FaultyFile::copy)));
      forced.forEach(
          (name, file) -> next.forced.put(name, copies.computeIfAbsent(file, FaultyFile::copy)));
      for (Change change : changes) {
        FaultyFile copy = copies.computeIfAbsent(change.file(), FaultyFile::copy);
        next.changes.add(new Change(change.from(), change.to(), copy));
      }
      return next;
    });
  }

  /** The disk as a power cut leaves it. */
  public FaultyStorage afterPowerCut(Loss loss, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return locked(() -> {
      Map<String, FaultyFile> entries = new TreeMap<>(forced);
      for (Change change : changes) {
        if (loss == Loss.NOTHING || (loss == Loss.RANDOM && random.nextBoolean())) {
          apply(change, entries);
        }
      }
      FaultyStorage next = new FaultyStorage();
      Map<FaultyFile, FaultyFile> left = new HashMap<>();
      entries.forEach((name, file) -> {
        FaultyFile after = left.computeIfAbsent(file, cut -> cut.afterPowerCut(loss, random));
        next.files.put(name, after);
        next.forced.put(name, after);
      });
      return next;
    });
  }

  private static void apply(Change change, Map<String, FaultyFile> entries) {
    if (change.from() != null) {
      entries.remove(change.from(), change.file());
    }
    if (change.to() != null) {
      entries.put(change.to(), change.file());
    }
  }

  private static String folder(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private interface Rest<T> {
    @Nullable T run() throws IOException;
  }

  /** Runs one numbered operation; {@code onFault} does what a failing one still does. */
  private <T> T operation(String what, Action<T> action, Rest<T> onFault) throws IOException {
    lock.lock();
    try {
      T result = perform(what, action, onFault);
      if (witness != null) {
        witness.run();
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private <T> T perform(String what, Action<T> action, Rest<T> onFault) throws IOException {
    operations++;
    journal.add(what);
    if (operations >= cutAt) {
      if (operations == cutAt && (operations & 1) == 0) {
        action.run(); // the last thing before the dark, done but not answered
      }
      throw new IOException("power is gone (" + what + ", operation " + operations + ")");
    }
    Fault fault = faults.get(operations);
    if (fault == null) {
      return action.run();
    }
    T partial = onFault.run();
    if (fault == Fault.SHORT_WRITE) {
      return partial == null ? action.run() : partial;
    }
    throw new IOException(
        (fault == Fault.DISK_FULL ? "No space left on device (" : "I/O error (") + what + ")");
  }

  private @Nullable Fault fault() {
    return faults.get(operations);
  }

  private FaultyFile existing(String name) {
    FaultyFile file = files.get(name);
    if (file == null) {
      throw new UncheckedIOException(new NoSuchFileException(name));
    }
    return file;
  }

  private FaultyFile find(String name) throws IOException {
    FaultyFile file = files.get(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    return file;
  }

  private void change(Change change) {
    apply(change, files);
    changes.add(change);
  }

  @Override
  public List<String> list(String folder) {
    return locked(() ->
        files.keySet().stream()
            .filter(name -> folder(name).equals(folder))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .toList());
  }

  @Override
  public Sink create(String name) throws IOException {
    return operation(
        "create " + name,
        () -> {
          if (files.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
          }
          FaultyFile file = new FaultyFile(new byte[0]);
          change(new Change(null, name, file));
          return new FaultySink(name, file);
        },
        () -> null);
  }

  @Override
  public Sink append(String name) throws IOException {
    return operation("append " + name, () -> new FaultySink(name, find(name)), () -> null);
  }

  @Override
  public void rewrite(String name) throws IOException {
    FaultyFile file =
        operation(
            "rewrite " + name,
            () -> {
              find(name).rewrite();
              return find(name);
            },
            () -> null);
    try (Sink sink = new FaultySink(name, file)) {
      sink.force();
    }
  }

  @Override
  public Source read(String name) throws IOException {
    lock.lock();
    try {
      return new FaultySource(find(name));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    operation(
        "rename " + from + " " + to,
        () -> {
          change(new Change(from, to, find(from)));
          return true;
        },
        () -> null);
  }

  @Override
  public void delete(String name) throws IOException {
    operation(
        "delete " + name,
        () -> {
          change(new Change(name, null, find(name)));
          return true;
        },
        () -> null);
  }

  @Override
  public void createFolder(String folder) throws IOException {
    operation("folder " + folder, () -> true, () -> null);
  }

  @Override
  public void forceFolder(String folder) throws IOException {
    operation(
        "force " + folder + "/",
        () -> {
          if (!forceIsIgnored) {
            changes.stream()
                .filter(change -> change.touches(folder))
                .forEach(change -> apply(change, forced));
            changes.removeIf(change -> change.touches(folder));
          }
          return true;
        },
        () -> null);
  }

  @Override
  public @Nullable Closeable tryLock(String name) {
    return locked(() -> locked.add(name) ? () -> locked(() -> locked.remove(name)) : null);
  }

  @Override
  public String toString() {
    return "in memory";
  }

  private final class FaultySink implements Sink {
    private final String name;
    private final FaultyFile file;
    private boolean forceFailed;

    FaultySink(String name, FaultyFile file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      refuseAfterFailedForce();
      return operation("write " + name, () -> put(bytes, bytes.remaining()), () -> partly(bytes));
    }

    private @Nullable Integer partly(ByteBuffer bytes) {
      Fault fault = fault();
      if (fault == Fault.IO_ERROR || !bytes.hasRemaining()) {
        return null;
      }
      return put(bytes, fault == Fault.SHORT_WRITE ? 1 : bytes.remaining() / 2);
    }

    private int put(ByteBuffer bytes, int length) {
      byte[] taken = new byte[length];
      bytes.get(taken);
      file.write(taken);
      return length;
    }

    @Override
    public void force() throws IOException {
      refuseAfterFailedForce();
      operation(
          "force " + name,
          () -> {
            if (!forceIsIgnored) {
              file.force();
            }
            return true;
          },
          () -> {
            if (fault() != Fault.SHORT_WRITE) {
              file.failForce();
              forceFailed = true;
            }
            return null;
          });
    }

    /** The rule of the house, enforced: a descriptor whose force failed is not used again. */
    private void refuseAfterFailedForce() {
      if (forceFailed) {
        throw new IllegalStateException(name + ": used after a failed force");
      }
    }

    @Override
    public void close() {}
  }

  private final class FaultySource implements Source {
    private final FaultyFile file;

    FaultySource(FaultyFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      return locked(() -> {
        byte[] content = file.content();
        if (position >= content.length) {
          return -1;
        }
        int length = (int) Math.min(into.remaining(), content.length - position);
        into.put(content, (int) position, length);
        bytesRead += length;
        return length;
      });
    }

    @Override
    public long size() {
      return locked(() -> (long) file.content().length);
    }

    @Override
    public void close() {}
  }
}
