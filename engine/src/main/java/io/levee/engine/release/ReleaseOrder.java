package io.levee.engine.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of a project's releases is the later one: by semantic version, else by first sight. */
public final class ReleaseOrder {
  private ReleaseOrder() {}

  /**
   * Compares two releases: as versions when both names say one of the same package, else by when
   * they were seen first.
   *
   * @param leftSeen null: not yet, so it is the latest
   * @param rightSeen null: not yet, so it is the latest
   */
  public static int compare(
      String left, @Nullable Instant leftSeen, String right, @Nullable Instant rightSeen) {
    if (left.equals(right)) {
      return 0;
    }
    SemanticVersion leftVersion = SemanticVersion.parse(left);
    SemanticVersion rightVersion = SemanticVersion.parse(right);
    if (leftVersion != null
        && rightVersion != null
        && leftVersion.packageName().equals(rightVersion.packageName())) {
      int order = leftVersion.compareTo(rightVersion);
      if (order != 0) {
        return order;
      }
    }
    Instant leftOrNow = leftSeen == null ? Instant.MAX : leftSeen;
    Instant rightOrNow = rightSeen == null ? Instant.MAX : rightSeen;
    return leftOrNow.compareTo(rightOrNow);
  }

  /**
   * Sorts, the latest first. Comparing pairs is no order of a mixed list; so releases are sorted by
   * first sight, and then the versions of each package trade places among themselves.
   */
  public static <T> List<T> latestFirst(
      List<T> releases, Function<T, String> name, Function<T, Instant> firstSeen) {
    List<T> sorted = new ArrayList<>(releases);
    sorted.sort(Comparator.comparing(firstSeen).thenComparing(name).reversed());
    Map<String, List<Versioned<T>>> packages = new HashMap<>();
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      SemanticVersion version = SemanticVersion.parse(name.apply(sorted.get(i)));
      if (version != null) {
        String of = version.packageName();
        packages
            .computeIfAbsent(of, ignored -> new ArrayList<>())
            .add(new Versioned<>(version, sorted.get(i)));
        places.computeIfAbsent(of, ignored -> new ArrayList<>()).add(i);
      }
    }
    packages.forEach((of, versions) -> {
      versions.sort(
          Comparator.<Versioned<T>, SemanticVersion>comparing(Versioned::version).reversed());
      List<Integer> free = places.getOrDefault(of, List.of());
      for (int i = 0; i < versions.size(); i++) {
        sorted.set(free.get(i), versions.get(i).release());
      }
    });
    return sorted;
  }

  private record Versioned<T>(SemanticVersion version, T release) {}
}
