package io.levee.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sound copy of an SQLite file beside it ({@code levee.db.copy}), and the way back to it. What
 * was damaged is kept ({@code levee.db.damaged-1} and so on). Used by one thread at a time.
 */
final class SqliteCopy {
  private static final List<String> PARTS = List.of("", "-wal", "-shm");

  private final Path file;
  private final Path copy;

  SqliteCopy(Path file) {
    this.file = file.toAbsolutePath();
    this.copy = beside(".copy");
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  boolean exists() {
    return Files.exists(copy);
  }

  /** Replaces the copy with what the connection sees now; durable on return. */
  void take(Connection connection) throws SQLException, IOException {
    Path fresh = beside(".copy.new");
    Files.deleteIfExists(fresh);
    try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, fresh.toString());
      statement.execute();
    }
    force(fresh, StandardOpenOption.WRITE);
    Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder();
  }

  /**
   * Moves the damaged file aside and puts the copy in its place.
   *
   * @return when the copy was taken; null when there is none, and nothing was done
   */
  @Nullable Instant restore() throws IOException {
    if (!exists()) {
      return null;
    }
    Instant taken = Files.getLastModifiedTime(copy).toInstant();
    int number = 1;
    while (Files.exists(beside(".damaged-" + number))) {
      number++;
    }
    Path whole = beside(".restored");
    Files.copy(copy, whole, StandardCopyOption.REPLACE_EXISTING);
    force(whole, StandardOpenOption.WRITE);
    for (String part : PARTS) {
      if (Files.exists(beside(part))) {
        Files.move(beside(part), beside(".damaged-" + number + part));
      }
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
    return taken;
  }

  private void forceFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
      force(folder, StandardOpenOption.READ);
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
