package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.event.ProjectId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which objects there are, by day and project, and which of their events were replaced. Small:
 * nothing in it grows with the number of events. Thread-safe; every change is seen whole.
 */
final class Catalog {
  private static final Comparator<ArchiveObject> BY_ORDER =
      Comparator.comparingLong(object -> object.head().order());

  private final TreeMap<Long, ArchiveObject> objects = new TreeMap<>();
  private final TreeMap<LocalDate, Map<ProjectId, Set<ArchiveObject>>> days = new TreeMap<>();
  private final Map<Long, Map<Integer, Removal>> removals = new HashMap<>();
  private List<ArchiveObject> inOrder = List.of();
  private long version;

  /** An object to be read, with the events in it that no longer count. */
  record Reading(ArchiveObject object, Set<Integer> removed) {}

  /** Takes objects out and puts others in, in one step. */
  synchronized void replace(Collection<ArchiveObject> gone, Collection<ArchiveObject> come) {
    gone.forEach(this::remove);
    come.forEach(this::insert);
    inOrder = objects.values().stream().sorted(BY_ORDER).toList();
    version++;
  }

  private void insert(ArchiveObject object) {
    objects.put(object.head().sequence(), object);
    for (Section section : object.head().sections()) {
      days.computeIfAbsent(section.key().day(), day -> new HashMap<>())
          .computeIfAbsent(section.key().project(), project -> new LinkedHashSet<>())
          .add(object);
    }
    for (Removal removal : object.head().removals()) {
      removals
          .computeIfAbsent(removal.object(), target -> new HashMap<>())
          .put(removal.ordinal(), removal);
    }
  }

  private void remove(ArchiveObject object) {
    objects.remove(object.head().sequence());
    removals.remove(object.head().sequence());
    for (Section section : object.head().sections()) {
      Map<ProjectId, Set<ArchiveObject>> day = days.getOrDefault(section.key().day(), Map.of());
      Set<ArchiveObject> holders = day.getOrDefault(section.key().project(), Set.of());
      if (holders.remove(object) && holders.isEmpty()) {
        day.remove(section.key().project());
      }
      if (day.isEmpty()) {
        days.remove(section.key().day());
      }
    }
  }

  /** Changes with every change. */
  synchronized long version() {
    return version;
  }

  /** All objects, oldest first. */
  synchronized List<ArchiveObject> objects() {
    return inOrder;
  }

  /** The objects that hold events of a project and day, newest first. */
  synchronized List<ArchiveObject> holding(ProjectDay key) {
    return days.getOrDefault(key.day(), Map.of()).getOrDefault(key.project(), Set.of()).stream()
        .sorted(BY_ORDER.reversed())
        .toList();
  }

  /** The objects that hold events of a day, each acquired for the caller. */
  synchronized List<Reading> read(LocalDate day) {
    Set<ArchiveObject> holders = new LinkedHashSet<>();
    days.getOrDefault(day, Map.of()).values().forEach(holders::addAll);
    List<Reading> readings = new ArrayList<>();
    for (ArchiveObject object : holders) {
      if (object.acquire()) {
        readings.add(new Reading(object, removed(object)));
      }
    }
    return readings;
  }

  /** The events of an object that no longer count. */
  synchronized Set<Integer> removed(ArchiveObject object) {
    return Set.copyOf(removals.getOrDefault(object.head().sequence(), Map.of()).keySet());
  }

  synchronized boolean isRemoved(ArchiveObject object, int ordinal) {
    return removals.getOrDefault(object.head().sequence(), Map.of()).containsKey(ordinal);
  }

  /** What no longer counts of an object. */
  synchronized List<Removal> removals(ArchiveObject object) {
    return List.copyOf(removals.getOrDefault(object.head().sequence(), Map.of()).values());
  }

  synchronized boolean has(long sequence) {
    return objects.containsKey(sequence);
  }

  synchronized List<LocalDate> days() {
    return List.copyOf(days.keySet());
  }

  /** Count and digest of a day by project, each event once. */
  synchronized Map<ProjectId, ContentDigest> digests(LocalDate day) {
    Map<ProjectId, ContentDigest> sums = new TreeMap<>();
    days.getOrDefault(day, Map.of())
        .forEach((project, holders) -> {
          ContentDigest sum = sum(new ProjectDay(project, day), holders);
          if (sum.events() > 0) {
            sums.put(project, sum);
          }
        });
    return sums;
  }

  private ContentDigest sum(ProjectDay key, Collection<ArchiveObject> holders) {
    ContentDigest sum = ContentDigest.EMPTY;
    for (ArchiveObject object : holders) {
      sum = sum.plus(object.digests().getOrDefault(key, ContentDigest.EMPTY));
      for (Removal removal : removals.getOrDefault(object.head().sequence(), Map.of()).values()) {
        if (removal.key().equals(key)) {
          sum = sum.minus(removal.digest());
        }
      }
    }
    return sum;
  }

  synchronized long bytes() {
    return objects.values().stream().mapToLong(ArchiveObject::bytes).sum();
  }
}
