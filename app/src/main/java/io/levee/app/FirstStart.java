package io.levee.app;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    if (!Files.exists(folder.commandKey())) {
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

  private static void keep(Path file, String secret) {
    try {
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (posix) {
        Files.newByteChannel(
                file,
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            .close();
        Files.writeString(file, secret, StandardOpenOption.WRITE);
      } else {
        Files.write(file, secret.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new StartFailure("cannot write " + file + ": " + e, e);
    }
  }
}
