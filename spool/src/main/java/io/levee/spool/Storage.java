package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the file system, so that a fault layer can stand under the production code. Names
 * are relative to a root folder, with {@code /} between folder and file; the empty name is the
 * root. Every method may be called from any thread.
 */
public interface Storage {

  /**
   * Names of the files (not folders) in a folder, without the folder, in no order; empty if there
   * is no such folder.
   */
  List<String> list(String folder) throws IOException;

  /** Creates a file that must not exist, and opens it for writing at its end. */
  Sink create(String name) throws IOException;

  /** Opens an existing file for writing at its end. */
  Sink append(String name) throws IOException;

  /**
   * Makes all that can be read of an existing file durable for certain: writes its bytes again in
   * their places, then forces them. A force alone is no proof here: after one that failed, perhaps
   * in a process that is gone, the system may still show bytes that it never wrote and no longer
   * tries to write (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC
   * 2020).
   */
  void rewrite(String name) throws IOException;

  /** Opens an existing file for reading at positions. */
  Source read(String name) throws IOException;

  /** Renames a file, replacing the target if there is one. Durable once both folders are forced. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file; {@link java.nio.file.NoSuchFileException} if it is not there. */
  void delete(String name) throws IOException;

  /** Creates a folder, and those above, durably; nothing happens if it is there. */
  void createFolder(String folder) throws IOException;

  /** Makes creations, renames and deletions in a folder durable. */
  void forceFolder(String folder) throws IOException;

  /**
   * Takes a lock that dies with the process; null if somebody has it, in this process or another.
   */
  @Nullable Closeable tryLock(String name) throws IOException;

  /** A file open for writing at its end. Used by one thread at a time. */
  interface Sink extends Closeable {
    /** Writes some of the remaining bytes, perhaps not all, and returns how many. */
    int write(ByteBuffer bytes) throws IOException;

    /**
     * Returns once everything written is on the disk. After a failure the state of the bytes is
     * unknown.
     */
    void force() throws IOException;
  }

  /** A file open for reading. Used by one thread at a time. */
  interface Source extends Closeable {
    /** Reads some bytes from a position and returns how many; -1 at or behind the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Bytes in the file now. */
    long size() throws IOException;
  }
}
