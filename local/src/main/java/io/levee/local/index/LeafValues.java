package io.levee.local.index;

import io.levee.engine.query.Fields;
import io.levee.engine.query.Values;
import io.levee.event.EventId;
import io.levee.event.ProjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents the doc values of tags, extra and contexts. What can't be counted by is marked:
 * keys beyond {@link KnownKeys}, several values of one key, long texts, and random ids, which are
 * each their own and would only fill the dictionary. Used by one thread.
 */
final class LeafValues {
  private static final String TAGS_PREFIX = "tags.";

  private final Set<String> paths = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> marked = new HashSet<>();
  private @Nullable KnownKeys keys;
  private ProjectId project = new ProjectId(1);

  /**
   * Goes to the next event.
   *
   * @param known of the slice; null for one that counts by tags alone
   */
  void begin(ProjectId of, @Nullable KnownKeys known) {
    project = of;
    keys = known;
    paths.clear();
    names.clear();
    marked.clear();
  }

  /** Takes a value. */
  void add(Document document, String path, String value) {
    boolean tag = path.startsWith(TAGS_PREFIX);
    KnownKeys known = keys;
    if (known == null) {
      if (tag) {
        count(document, Schema.TAGS, path, Values.cut(value));
      }
      return;
    }
    String name = Fields.keyOf(path);
    String other = names.putIfAbsent(name, path);
    if (!paths.add(path)) {
      mark(document, path);
    } else if (other != null) {
      mark(document, name);
    }
    KnownKeys.Standing standing =
        value.length() > Values.EXACT_CHARS_MAX
                || EventId.parse(value) != null
                || TraceIds.isSpan(path, value)
            ? KnownKeys.Standing.BEYOND
            : known.standing(project, path);
    if (standing == KnownKeys.Standing.BEYOND) {
      mark(document, path);
      return;
    }
    if (standing == KnownKeys.Standing.NEW) {
      String key = Schema.exact(project.toString(), path);
      document.add(new StringField(Schema.KEYS, key, Field.Store.NO));
    }
    count(document, tag ? Schema.TAGS : Schema.LEAVES, path, value);
  }

  private static void count(Document document, String field, String path, String value) {
    document.add(new SortedSetDocValuesField(field, new BytesRef(Schema.exact(path, value))));
  }

  private void mark(Document document, String what) {
    if (marked.add(what)) {
      document.add(new StringField(Schema.UNCOUNTED, what, Field.Store.NO));
    }
  }
}
