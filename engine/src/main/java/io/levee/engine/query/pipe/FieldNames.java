package io.levee.engine.query.pipe;

import io.levee.engine.query.eval.Patterns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists of names that may hold {@code *}. */
final class FieldNames {
  private FieldNames() {}

  static boolean wild(String name) {
    return name.indexOf('*') >= 0;
  }

  static boolean anyWild(List<String> names) {
    return names.stream().anyMatch(FieldNames::wild);
  }

  /** The names that a row has of these, in their order. */
  static List<String> of(List<String> patterns, Row row) {
    Set<String> found = new LinkedHashSet<>();
    for (String pattern : patterns) {
      if (wild(pattern)) {
        row.names().stream().filter(name -> Patterns.wild(name, pattern)).forEach(found::add);
      } else {
        found.add(pattern);
      }
    }
    return new ArrayList<>(found);
  }
}
