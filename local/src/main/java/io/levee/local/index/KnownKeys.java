package io.levee.local.index;

import io.levee.event.ProjectId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * The keys of tags, extra and contexts that a slice can count by: the first so many of each
 * project. Those that come later are found, but not counted, so that a program that makes up keys
 * can't make everybody's counting dear. Thread-safe.
 */
final class KnownKeys {
  /** So many keys a project and day. */
  static final int KEYS_MAX = 1_000;

  private final int keysMax;
  private final Map<Long, Set<String>> projects = new ConcurrentHashMap<>();

  /** What is to be done with a key's values. */
  enum Standing {
    /** They are counted by. */
    KNOWN,
    /** They are from now on, and the index must remember it. */
    NEW,
    /** They are not counted by. */
    BEYOND
  }

  KnownKeys() {
    this(KEYS_MAX);
  }

  KnownKeys(int keysMax) {
    this.keysMax = keysMax;
  }

  /** Those that a slice remembers. */
  static KnownKeys of(DirectoryReader reader) throws IOException {
    KnownKeys known = new KnownKeys();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Schema.KEYS);
      TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        known.remember(term.utf8ToString());
      }
    }
    return known;
  }

  private void remember(String term) {
    int at = term.indexOf(Schema.SEPARATOR);
    of(Long.parseLong(term.substring(0, at))).add(term.substring(at + 1));
  }

  private Set<String> of(long project) {
    Set<String> keys = projects.get(project);
    return keys != null
        ? keys
        : projects.computeIfAbsent(project, ignored -> ConcurrentHashMap.newKeySet());
  }

  /** How a key stands; one that is new is known from then on. */
  Standing standing(ProjectId project, String path) {
    Set<String> keys = of(project.value());
    if (keys.contains(path)) {
      return Standing.KNOWN;
    }
    if (keys.size() >= keysMax) {
      return Standing.BEYOND;
    }
    return keys.add(path) ? Standing.NEW : Standing.KNOWN;
  }
}
