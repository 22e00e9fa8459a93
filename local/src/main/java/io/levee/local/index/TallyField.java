package io.levee.local.index;

import io.levee.engine.query.Fields;
import io.levee.event.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A field that events are counted by: a facet, or a key of tags, extra and contexts. Used by one
 * thread.
 */
final class TallyField {
  private static final String TAGS_PREFIX = "tags.";

  private final String name;
  private final @Nullable String facet;
  private final List<String> paths;
  private final KeyColumn tags;
  private final KeyColumn leaves;

  // Of the segment that is read.
  private @Nullable SortedDocValues single;
  private boolean several;

  private TallyField(String name, @Nullable String facet, List<String> paths) {
    this.name = name;
    this.facet = facet;
    this.paths = List.copyOf(paths);
    this.tags = new KeyColumn(Schema.TAGS, paths.stream().filter(TallyField::isTag).toList());
    this.leaves =
        new KeyColumn(Schema.LEAVES, paths.stream().filter(path -> !isTag(path)).toList());
  }

  private static boolean isTag(String path) {
    return path.startsWith(TAGS_PREFIX);
  }

  /** The field of a name; null when events can't be counted by it. */
  static @Nullable TallyField of(String name) {
    String canonical = Fields.canonical(name);
    Fields.Field field = Fields.find(canonical);
    if (field != null) {
      return field.faceted()
          ? new TallyField(canonical, Schema.FACET_PREFIX + canonical, List.of())
          : null;
    }
    String lower = canonical.toLowerCase(Locale.ROOT);
    return new TallyField(lower, null, Fields.paths(lower));
  }

  /** The name by which it is the same, however it is called. */
  String name() {
    return name;
  }

  /**
   * The terms of events that can't be counted by it.
   *
   * @param leavesCounted whether the slice has doc values of extra and contexts
   */
  List<Term> uncounted(boolean leavesCounted) {
    List<Term> terms = new ArrayList<>();
    for (String path : paths) {
      if (leavesCounted) {
        terms.add(new Term(Schema.UNCOUNTED, path));
      } else if (!isTag(path)) {
        terms.add(new Term(Schema.EXACT, Schema.exists(path)));
      }
    }
    if (leavesCounted && paths.size() > 1) {
      terms.add(new Term(Schema.UNCOUNTED, name));
    }
    return terms;
  }

  /** Goes to a segment; how many different values it has there. */
  long open(LeafReader reader) throws IOException {
    single = null;
    several = false;
    if (facet != null) {
      single = reader.getSortedDocValues(facet);
      return single == null ? 0 : single.getValueCount();
    }
    return tags.open(reader) + leaves.open(reader);
  }

  /**
   * The place of a document's value in the segment's dictionary, of several the first; -1 when it
   * has none.
   */
  long place(int doc) throws IOException {
    SortedDocValues one = single;
    if (one != null) {
      return one.advanceExact(doc) ? one.ordValue() : -1;
    }
    if (facet != null) {
      return -1;
    }
    long tag = tags.place(doc);
    long leaf = leaves.place(doc);
    several |= tags.several() || leaves.several() || (tag >= 0 && leaf >= 0);
    return tag >= 0 || leaf < 0 ? tag : tags.size() + leaf;
  }

  /**
   * Adds what goes through the values of the segment, by their places.
   *
   * @param counts of all its places
   */
  void cursors(PlaceCounts counts, List<ValueCursor> to) throws IOException {
    SortedDocValues one = single;
    if (one != null) {
      to.add(new ValueCursor(one.termsEnum(), 0, 0, counts, 0, one.getValueCount()));
    } else if (facet == null) {
      tags.cursors(counts, 0, to);
      leaves.cursors(counts, Math.toIntExact(tags.size()), to);
    }
  }

  /** Whether a document of the segment had several values. */
  boolean several() {
    return several;
  }

  /** Its value where events were counted by project, level and at most one more field. */
  @Nullable String word(String project, Level level, @Nullable String value) {
    return switch (String.valueOf(facet)) {
      case Schema.FACET_PREFIX + "project" -> project;
      case Schema.FACET_PREFIX + "level" -> level.wireName();
      default -> value;
    };
  }

  /** The value at a place. */
  @Nullable String word(long place) throws IOException {
    SortedDocValues one = single;
    if (one != null) {
      BytesRef word = one.lookupOrd((int) place);
      return word.utf8ToString();
    }
    return place < tags.size() ? tags.word(place) : leaves.word(place - tags.size());
  }
}
