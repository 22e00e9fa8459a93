package io.levee.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of its own in a file, mounted through a loop device, that can be shut down as a
 * power cut does: what is not on the disk is gone, and every call fails from then on. Needs root,
 * {@code mkfs} of its type and {@code xfs_io} (Debian: xfsprogs). Used by one thread.
 */
final class LoopDisk implements AutoCloseable {
  private static final long BYTES = 4L << 30;
  private static final int UNMOUNT_ATTEMPTS_MAX = 50;
  private static final int UNMOUNT_WAIT_MILLIS = 100;

  private final String type;
  private final Path image;
  private final Path folder;
  private boolean mounted;

  private LoopDisk(String type, Path image, Path folder) {
    this.type = type;
    this.image = image;
    this.folder = folder;
  }

  /**
   * Makes a file system and mounts it.
   *
   * @param type ext4 or xfs
   * @param folder where; its image lies beside it
   * @throws BenchFailure when the system doesn't let us; the message says what was tried
   */
  static LoopDisk create(String type, Path folder) throws IOException, InterruptedException {
    Path image = folder.resolveSibling(folder.getFileName() + ".img");
    Files.createDirectories(folder);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES); // Sparse: it takes what is written.
    }
    switch (type) {
      case "ext4" -> Shell.run("mkfs.ext4", "-q", "-F", image.toString());
      case "xfs" -> Shell.run("mkfs.xfs", "-q", "-f", image.toString());
      default -> throw new BenchFailure("file system: \"" + type + "\" (expected: ext4 or xfs)");
    }
    LoopDisk disk = new LoopDisk(type, image, folder);
    disk.mount();
    return disk;
  }

  String type() {
    return type;
  }

  Path folder() {
    return folder;
  }

  private void mount() throws InterruptedException {
    Shell.run("mount", "-t", type, "-o", "loop", image.toString(), folder.toString());
    mounted = true;
  }

  /** The power goes: nothing more reaches the disk, not even the journal in memory. */
  void shutDown() throws InterruptedException {
    Shell.run("xfs_io", "-x", "-c", "shutdown", folder.toString());
  }

  /**
   * The power comes back: the file system recovers from its journal. All its users must be dead.
   */
  void remount() throws InterruptedException {
    unmount();
    mount();
  }

  private void unmount() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        Shell.run("umount", folder.toString());
        mounted = false;
        return;
      } catch (BenchFailure e) {
        if (attempt == UNMOUNT_ATTEMPTS_MAX) {
          throw e;
        }
        Thread.sleep(UNMOUNT_WAIT_MILLIS); // A killed process may hold it for a moment more.
      }
    }
  }

  /** Unmounts and removes it. */
  @Override
  public void close() throws IOException {
    try {
      if (mounted) {
        unmount();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(folder + " stays mounted: interrupted", e);
    }
    Files.deleteIfExists(image);
    Files.deleteIfExists(folder);
  }
}
