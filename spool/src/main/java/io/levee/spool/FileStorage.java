package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Storage} on real files. Folders are forced everywhere but on Windows, which has no such
 * call.
 */
public final class FileStorage implements Storage {

  private static final int REWRITE_BYTES = 256 << 10;

  private static final boolean FORCES_FOLDERS =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  /**
   * What this process has locked. A process may not even open a lock file of its own a second time:
   * on POSIX, closing that second descriptor would give the first one's lock away.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path root;

  /**
   * Files under {@code root}, which is created by {@code createFolder("")}; touches nothing yet.
   */
  public FileStorage(Path root) {
    this.root = root.toAbsolutePath();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path path = root.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public Sink create(String name) throws IOException {
    return new FileSink(
        FileChannel.open(
            root.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public Sink append(String name) throws IOException {
    return new FileSink(
        FileChannel.open(root.resolve(name), StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  @Override
  public void rewrite(String name) throws IOException {
    try (FileChannel channel =
        FileChannel.open(root.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(REWRITE_BYTES);
      long position = 0;
      while (channel.read(bytes, position) > 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          position += channel.write(bytes, position);
        }
        bytes.clear();
      }
      channel.force(false);
    }
  }

  @Override
  public Source read(String name) throws IOException {
    return new FileSource(FileChannel.open(root.resolve(name), StandardOpenOption.READ));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      Files.move(
          root.resolve(from),
          root.resolve(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("rename of " + from + ": file system can't do it in one step", e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(root.resolve(name));
  }

  @Override
  public void createFolder(String folder) throws IOException {
    createDurably(root.resolve(folder).normalize());
  }

  private static void createDurably(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (Files.exists(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Path parent = folder.getParent();
    if (parent != null) {
      createDurably(parent);
    }
    Files.createDirectories(folder);
    if (parent != null) {
      force(parent);
    }
  }

  @Override
  public void forceFolder(String folder) throws IOException {
    force(root.resolve(folder));
  }

  private static void force(Path folder) throws IOException {
    if (FORCES_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public @Nullable Closeable tryLock(String name) throws IOException {
    Path path = root.toRealPath().resolve(name);
    if (!LOCKED.add(path)) {
      return null;
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        release(path, channel);
      }
    }
    FileChannel held = channel;
    return lock == null ? null : () -> release(path, held);
  }

  private static void release(Path path, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      LOCKED.remove(path);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private record FileSink(FileChannel channel) implements Sink {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private record FileSource(FileChannel channel) implements Source {
    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
