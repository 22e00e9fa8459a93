package io.levee.app;

import io.levee.spool.FileStorage;
import io.levee.spool.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk that is never forced: a power cut takes what was answered with yes. It exists for one
 * purpose, the negative control of {@code levee bench proof-power}, and there is no option for it,
 * only a system property. As thread-safe as the storage under it.
 */
final class UnforcedStorage implements Storage {
  /** Set to {@code true} by the bench alone. */
  static final String PROPERTY = "levee.proof.unforced";

  private static final Logger LOG = LoggerFactory.getLogger(UnforcedStorage.class);

  private final Storage disk;

  private UnforcedStorage(Storage disk) {
    this.disk = disk;
  }

  /** The storage of a folder: one that forces, unless a proof's control asks for the other. */
  static Storage of(Path folder) {
    Storage disk = new FileStorage(folder);
    if (!Boolean.getBoolean(PROPERTY)) {
      return disk;
    }
    LOG.atError()
        .addKeyValue("folder", folder)
        .log("NOTHING IS FORCED TO THIS DISK: a power cut loses accepted events; -D" + PROPERTY);
    return new UnforcedStorage(disk);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return disk.list(folder);
  }

  @Override
  public Sink create(String name) throws IOException {
    return new UnforcedSink(disk.create(name));
  }

  @Override
  public Sink append(String name) throws IOException {
    return new UnforcedSink(disk.append(name));
  }

  @Override
  public void rewrite(String name) {
    // The control: nothing is forced.
  }

  @Override
  public Source read(String name) throws IOException {
    return disk.read(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(name);
  }

  @Override
  public void createFolder(String folder) throws IOException {
    disk.createFolder(folder);
  }

  @Override
  public void forceFolder(String folder) {
    // The control: nothing is forced.
  }

  @Override
  public @Nullable Closeable tryLock(String name) throws IOException {
    return disk.tryLock(name);
  }

  @Override
  public String toString() {
    return disk + ", never forced";
  }

  /** Writes and never forces. */
  private static final class UnforcedSink implements Sink {
    private final Sink sink;

    private UnforcedSink(Sink sink) {
      this.sink = sink;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return sink.write(bytes);
    }

    @Override
    public void force() {
      // The control: nothing is forced.
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
