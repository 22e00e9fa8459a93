package io.levee.bench.crash;

import io.levee.spool.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of another storage as a storage of its own, so that several stores lie on one disk and
 * lose power together. As thread-safe as the other.
 */
final class FolderStorage implements Storage {
  private final Storage disk;
  private final String root;

  FolderStorage(Storage disk, String root) {
    this.disk = disk;
    this.root = root;
  }

  private String within(String name) {
    return name.isEmpty() ? root : root + "/" + name;
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return disk.list(within(folder));
  }

  @Override
  public Sink create(String name) throws IOException {
    return disk.create(within(name));
  }

  @Override
  public Sink append(String name) throws IOException {
    return disk.append(within(name));
  }

  @Override
  public void rewrite(String name) throws IOException {
    disk.rewrite(within(name));
  }

  @Override
  public Source read(String name) throws IOException {
    return disk.read(within(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(within(from), within(to));
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(within(name));
  }

  @Override
  public void createFolder(String folder) throws IOException {
    disk.createFolder(within(folder));
  }

  @Override
  public void forceFolder(String folder) throws IOException {
    disk.forceFolder(within(folder));
  }

  @Override
  public @Nullable Closeable tryLock(String name) throws IOException {
    return disk.tryLock(within(name));
  }

  @Override
  public String toString() {
    return disk + "/" + root;
  }
}
