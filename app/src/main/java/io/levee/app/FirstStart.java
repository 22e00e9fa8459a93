package io.levee.app;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes an empty Levee usable: its first projects, a key for their clients, a key for the commands
 * on this machine.
 */
final class FirstStart {
  private final ProjectRegistry registry;
  private final DataFolder folder;
  private final int retentionDays;
  private final List<NewProject> projects;

  /** A project to begin with. */
  record NewProject(String slug, String name) {
    static final List<NewProject> USUAL = List.of(new NewProject("first-project", "First project"));
  }

  FirstStart(
      ProjectRegistry registry, DataFolder folder, int retentionDays, List<NewProject> projects) {
    this.registry = registry;
    this.folder = folder;
    this.retentionDays = retentionDays;
    this.projects = List.copyOf(projects);
  }

  /** Creates what is missing. */
  void run() {
    if (registry.projects().isEmpty()) {
      for (NewProject project : projects) {
        registry.create(project.slug(), project.name(), retentionDays);
      }
    }
    registry.projects().forEach(project -> clientKey(registry, project));
    if (!holdsKey(folder.commandKey())) {
      Project first = registry.projects().getFirst();
      ProjectKey key = registry.createKey(first.id(), EnumSet.allOf(Permission.class));
      keep(folder.commandKey(), key.value());
    }
  }

  /** The key that clients of a project send with, created when there is none. */
  static ProjectKey clientKey(ProjectRegistry registry, Project project) {
    return registry.keys(project.id()).stream()
        .filter(key -> key.permissions().equals(Set.of(Permission.INGEST)))
        .findFirst()
        .orElseGet(() -> registry.createKey(project.id(), Set.of(Permission.INGEST)));
  }

  /** A file that holds no key of ours, be it empty or damaged, is as good as none. */
  private boolean holdsKey(Path file) {
    try {
      return Files.exists(file)
          && registry.key(Files.readString(file, StandardCharsets.ISO_8859_1).strip()).isPresent();
    } catch (IOException e) {
      throw new StartFailure("cannot read " + file + ": " + e, e);
    }
  }

  /** Writes beside, forces, renames, forces the folder: a power cut leaves a whole key or none. */
  private static void keep(Path file, String secret) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerAlone =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try {
      Files.deleteIfExists(beside);
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(beside, options, ownerAlone)) {
        ByteBuffer bytes = ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (posix) {
        try (FileChannel above = FileChannel.open(file.resolveSibling("."))) {
          above.force(true);
        }
      }
    } catch (IOException e) {
      throw new StartFailure("cannot write " + file + ": " + e, e);
    }
  }
}
