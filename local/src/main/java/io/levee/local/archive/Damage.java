package io.levee.local.archive;

import io.levee.engine.run.Health;
import java.util.List;
import java.util.TreeMap;

/** What was found damaged since the start, an entry an object. Thread-safe. */
final class Damage {
  private final TreeMap<String, String> found = new TreeMap<>();

  synchronized void note(String object, String detail) {
    found.putIfAbsent(object, detail);
  }

  synchronized void forget(String object) {
    found.remove(object);
  }

  /** The objects that something was found in. */
  synchronized List<String> objects() {
    return List.copyOf(found.keySet());
  }

  synchronized Health health() {
    if (found.isEmpty()) {
      return Health.ok();
    }
    return Health.failing(
        found.size()
            + " damaged archive objects, kept as they are; rebuild the archive from the index. First: "
            + found.firstKey()
            + ": "
            + found.firstEntry().getValue());
  }
}
