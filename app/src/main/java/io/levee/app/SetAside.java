package io.levee.app;

import io.levee.engine.erase.Eraser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what bus and index could not read and moved aside within a bound: past it the oldest files
 * go, each named in the log. Folders stay, empty: the index tells by them what waits to be rebuilt.
 * Thread-safe.
 */
final class SetAside implements Eraser.Aside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final String MENDED = "mended-by-*";
  private static final String DAMAGED = "levee.db*damaged-*";

  private final Path data;
  private final Path bus;
  private final Path index;
  private final int filesMax;
  private final long bytesMax;
  private volatile Kept kept = new Kept(0, 0);

  /** What lies there. */
  record Kept(int files, long bytes) {}

  private record OneFile(Path path, long bytes, FileTime modified) {}

  SetAside(DataFolder folder, Bounds bounds) {
    this.data = folder.path();
    this.bus = folder.bus();
    this.index = folder.index();
    this.filesMax = bounds.setAsideFilesMax();
    this.bytesMax = bounds.setAsideBytesMax();
  }

  /** What lay there at the last look. */
  Kept kept() {
    return kept;
  }

  /** Looks, and removes the oldest files past the bound. */
  void trim() {
    try {
      List<OneFile> files = files();
      long bytes = files.stream().mapToLong(OneFile::bytes).sum();
      int left = files.size();
      for (OneFile file : files) {
        if (left <= filesMax && bytes <= bytesMax) {
          break;
        }
        Files.deleteIfExists(file.path());
        LOG.atWarn()
            .addKeyValue("file", file.path())
            .addKeyValue("bytes", file.bytes())
            .addKeyValue("modified", file.modified())
            .log("too much is set aside; the oldest damaged file is gone");
        left--;
        bytes -= file.bytes();
      }
      kept = new Kept(left, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> names() {
    try {
      List<String> names = new ArrayList<>();
      for (OneFile file : erasable()) {
        names.add(String.valueOf(data.relativize(file.path())));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void removeAll() {
    try {
      for (OneFile file : erasable()) {
        Files.deleteIfExists(file.path());
        LOG.atWarn().addKeyValue("file", file.path()).log("set aside; gone with an erasure");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, and what was kept of damaged databases. */
  private List<OneFile> erasable() throws IOException {
    List<OneFile> files = files();
    try (DirectoryStream<Path> damaged = Files.newDirectoryStream(data, DAMAGED)) {
      for (Path file : damaged) {
        files.add(new OneFile(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
    return files;
  }

  /** The oldest first. */
  private List<OneFile> files() throws IOException {
    List<OneFile> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>(List.of(bus.resolve("quarantine")));
    folders.add(index.resolve("quarantine"));
    if (Files.isDirectory(index)) {
      try (DirectoryStream<Path> mended = Files.newDirectoryStream(index, MENDED)) {
        mended.forEach(folders::add);
      }
    }
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, into(files));
      }
    }
    files.sort(Comparator.comparing(OneFile::modified).thenComparing(OneFile::path));
    return files;
  }

  private static SimpleFileVisitor<Path> into(List<OneFile> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean beingMade = file.toString().endsWith(".tmp");
        if (attributes.isRegularFile() && !beingMade) {
          files.add(new OneFile(file, attributes.size(), attributes.lastModifiedTime()));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE; // Gone meanwhile: it needs no place any more.
      }
    };
  }
}
