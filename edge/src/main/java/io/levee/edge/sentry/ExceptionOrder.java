package io.levee.edge.sentry;

import io.levee.event.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders a list of exceptions, whose {@code mechanism.exception_id} and {@code parent_id} draw a
 * tree: the one that surfaced, then each with its causes before its suppressed ones. Without ids
 * the reverse of the wire's order says the same. Pure.
 */
final class ExceptionOrder {
  private final List<Json> reversed;
  private final Map<String, List<Json>> children = new HashMap<>();
  private final Set<Json> placed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Json> ordered = new ArrayList<>();

  private ExceptionOrder(List<Json> values) {
    this.reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
  }

  static List<Json> surfacedFirst(List<Json> values) {
    return values.size() < 2 ? values : new ExceptionOrder(values).order();
  }

  private List<Json> order() {
    Set<String> ids = new HashSet<>();
    for (Json value : reversed) {
      String id = id(value, "exception_id");
      if (id != null) {
        ids.add(id);
      }
    }
    List<Json> roots = new ArrayList<>();
    for (Json value : reversed) {
      String parent = id(value, "parent_id");
      if (parent == null || !ids.contains(parent) || parent.equals(id(value, "exception_id"))) {
        roots.add(value);
      } else {
        children.computeIfAbsent(parent, ignored -> new ArrayList<>()).add(value);
      }
    }
    roots.forEach(this::place);
    // Exceptions that are each other's parents hang on no root.
    reversed.forEach(this::place);
    return ordered;
  }

  /** Depth first, without recursion: a stranger decides how deep the tree is. */
  private void place(Json root) {
    List<Json> waiting = new ArrayList<>();
    waiting.add(root);
    while (!waiting.isEmpty()) {
      Json value = waiting.removeLast();
      if (!placed.add(value)) {
        continue;
      }
      ordered.add(value);
      String id = id(value, "exception_id");
      List<Json> causes = id == null ? List.of() : children.getOrDefault(id, List.of());
      causes.stream()
          .filter(cause -> isSuppressed(cause))
          .toList()
          .reversed()
          .forEach(waiting::add);
      causes.stream()
          .filter(cause -> !isSuppressed(cause))
          .toList()
          .reversed()
          .forEach(waiting::add);
    }
  }

  private static boolean isSuppressed(Json value) {
    return "suppressed".equals(id(value, "type"));
  }

  private static @Nullable String id(Json value, String key) {
    return value instanceof Json.Obj object ? object.object("mechanism").text(key) : null;
  }
}
