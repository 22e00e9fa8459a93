package io.levee.local.index;

import io.levee.engine.query.Fields;
import io.levee.event.Level;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A field that events are counted by: a facet, or a tag. Used by one thread. */
final class TallyField {
  private final String name;
  private final @Nullable String facet;
  private final String tagPrefix;
  private final List<String> elsewhere;

  // Of the segment that is read.
  private @Nullable SortedDocValues single;
  private @Nullable SortedSetDocValues several;
  private long first;
  private long behind;

  private TallyField(
      String name, @Nullable String facet, String tagPrefix, List<String> elsewhere) {
    this.name = name;
    this.facet = facet;
    this.tagPrefix = tagPrefix;
    this.elsewhere = List.copyOf(elsewhere);
  }

  /** The field of a name; null when events can't be counted by it. */
  static @Nullable TallyField of(String name) {
    String canonical = Fields.canonical(name);
    Fields.Field field = Fields.find(canonical);
    if (field != null) {
      return field.faceted()
          ? new TallyField(canonical, Schema.FACET_PREFIX + canonical, "", List.of())
          : null;
    }
    String lower = canonical.toLowerCase(Locale.ROOT);
    if (lower.startsWith("tags.")) {
      return tag(lower, List.of());
    }
    boolean plain = Fields.paths(lower).contains("tags." + lower);
    List<String> others =
        Fields.paths(lower).stream().filter(path -> !path.startsWith("tags.")).toList();
    return plain ? tag("tags." + lower, others) : null;
  }

  private static TallyField tag(String path, List<String> elsewhere) {
    return new TallyField(path, null, Schema.exact(path, ""), elsewhere);
  }

  /** The name by which it is the same, however it is called. */
  String name() {
    return name;
  }

  /** Whether a segment has values of it that can't be counted by, in extra or contexts. */
  boolean liesElsewhere(LeafReader reader) throws IOException {
    for (String path : elsewhere) {
      if (reader.docFreq(new Term(Schema.EXACT, Schema.exists(path))) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Goes to a segment; how many different values it has there. */
  long open(LeafReader reader) throws IOException {
    single = null;
    several = null;
    first = 0;
    if (facet != null) {
      single = reader.getSortedDocValues(facet);
      return single == null ? 0 : single.getValueCount();
    }
    SortedSetDocValues tags = DocValues.getSortedSet(reader, Schema.TAGS);
    several = tags;
    first = ordAtOrBehind(tags, new BytesRef(tagPrefix));
    BytesRef end = new BytesRef(tagPrefix); // Ends with an ASCII separator.
    end.bytes[end.offset + end.length - 1]++;
    behind = ordAtOrBehind(tags, end);
    return behind - first;
  }

  private static long ordAtOrBehind(SortedSetDocValues tags, BytesRef term) throws IOException {
    long ord = tags.lookupTerm(term);
    return ord >= 0 ? ord : -ord - 1;
  }

  /** The place of a document's value in the segment's dictionary; -1 when it has none. */
  long place(int doc) throws IOException {
    SortedDocValues one = single;
    if (one != null) {
      return one.advanceExact(doc) ? one.ordValue() : -1;
    }
    SortedSetDocValues tags = several;
    if (tags == null || behind == first || !tags.advanceExact(doc)) {
      return -1;
    }
    for (int i = 0; i < tags.docValueCount(); i++) {
      long ord = tags.nextOrd();
      if (ord >= first && ord < behind) {
        return ord - first;
      }
    }
    return -1;
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
      return one.lookupOrd((int) place).utf8ToString();
    }
    SortedSetDocValues tags = several;
    return tags == null
        ? null
        : tags.lookupOrd(first + place).utf8ToString().substring(tagPrefix.length());
  }
}
