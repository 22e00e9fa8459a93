package io.levee.app;

import io.levee.engine.accept.DiskFloor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything, used by one Levee at a time. */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "levee.lock";

  private final Path folder;
  private @Nullable FileChannel channel;

  DataFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Creates the folder if need be and locks it.
   *
   * @throws StartFailure when it can't be written or another Levee has it
   */
  void open() {
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StartFailure(
          "cannot write in the data folder "
              + folder
              + ": "
              + e
              + " (choose another with --data, or give this user the right to write there)",
          e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another Levee in this very process; the answer is the same.
    } catch (IOException e) {
      throw new StartFailure("cannot lock the data folder " + folder + ": " + e, e);
    }
    close();
    throw new StartFailure(
        "the data folder "
            + folder
            + " is in use by another Levee (stop that one, or choose another folder with --data)");
  }

  Path path() {
    return folder;
  }

  Path bus() {
    return folder.resolve("bus");
  }

  Path index() {
    return folder.resolve("index");
  }

  Path archive() {
    return folder.resolve("archive");
  }

  Path recentIds() {
    return folder.resolve("recent");
  }

  Path database() {
    return folder.resolve("levee.db");
  }

  /** The door's counts that are not in the database yet. */
  Path ledgerCounters() {
    return folder.resolve("ledger.counters");
  }

  /**
   * The key with which the commands on this machine talk to the server; readable by its owner
   * alone.
   */
  Path commandKey() {
    return folder.resolve("command.key");
  }

  /** Where the running server listens. */
  Path address() {
    return folder.resolve("address");
  }

  /** What the file system has room for. */
  DiskFloor.Room room() {
    try {
      FileStore store = fileStore();
      return new DiskFloor.Room(store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileStore fileStore() throws IOException {
    return Files.getFileStore(folder);
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new StartFailure("cannot let go of the data folder " + folder + ": " + e, e);
      }
    }
  }
}
