package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.event.ProjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of the archive: its head, and what is needed to find the rest. It counts its readers,
 * so that its file is deleted only behind the last one. Thread-safe.
 */
final class ArchiveObject {
  private final String name;
  private final long bytes;
  private final ObjectHead head;
  private final @Nullable Trailer trailer;
  private final @Nullable Contents salvaged;
  private final Map<ProjectDay, ContentDigest> digests = new HashMap<>();
  private final Set<ProjectId> projects = new HashSet<>();
  private int readers;
  private boolean doomed;

  private ArchiveObject(
      String name,
      long bytes,
      ObjectHead head,
      @Nullable Trailer trailer,
      @Nullable Contents salvaged) {
    this.name = name;
    this.bytes = bytes;
    this.head = head;
    this.trailer = trailer;
    this.salvaged = salvaged;
    for (Section section : head.sections()) {
      digests.put(section.key(), section.digest());
      projects.add(section.key().project());
    }
  }

  /** An object whose footer is good. */
  static ArchiveObject sound(String name, long bytes, ObjectHead head, Trailer trailer) {
    return new ArchiveObject(name, bytes, head, trailer, null);
  }

  /** An object whose footer was lost and whose blocks were read through to make a new one. */
  static ArchiveObject salvaged(String name, long bytes, ObjectHead head, Contents contents) {
    return new ArchiveObject(name, bytes, head, null, contents);
  }

  /** The file, with its folder. */
  String name() {
    return name;
  }

  long bytes() {
    return bytes;
  }

  ObjectHead head() {
    return head;
  }

  /** Null when the footer was lost. */
  @Nullable Trailer trailer() {
    return trailer;
  }

  /** Null when the footer is good. */
  @Nullable Contents salvaged() {
    return salvaged;
  }

  boolean isDamaged() {
    return trailer == null;
  }

  Map<ProjectDay, ContentDigest> digests() {
    return digests;
  }

  boolean holds(ProjectId project) {
    return projects.contains(project);
  }

  /** Keeps the file there until {@link #release}; false when it is on its way out. */
  synchronized boolean acquire() {
    if (doomed) {
      return false;
    }
    readers++;
    return true;
  }

  synchronized void release() {
    readers--;
  }

  /** Lets in no more readers. */
  synchronized void doom() {
    doomed = true;
  }

  synchronized boolean isRead() {
    return readers > 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
