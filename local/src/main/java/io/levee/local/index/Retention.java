package io.levee.local.index;

import io.levee.event.ProjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Drops slices that no project keeps, and within the others the events of those that don't. */
final class Retention {
  private final Map<ProjectId, LocalDate> keepFrom;
  private final LongSupplier nanoTime;

  Retention(Map<ProjectId, LocalDate> keepFrom, LongSupplier nanoTime) {
    this.keepFrom = keepFrom;
    this.nanoTime = nanoTime;
  }

  /** Returns how many slices went whole. */
  int apply(Generation generation) throws IOException {
    List<Slice> dropped = new ArrayList<>();
    for (Slice slice : generation.slices()) {
      if (keepFrom.values().stream().noneMatch(first -> slice.day().isBefore(first))) {
        continue;
      }
      slice.refresh();
      Set<ProjectId> present = projects(slice);
      List<ProjectId> expired = present.stream().filter(p -> expired(p, slice.day())).toList();
      if (expired.size() == present.size()) {
        dropped.add(slice);
      } else if (!expired.isEmpty()) {
        slice.delete(expired, nanoTime.getAsLong());
      }
    }
    if (!dropped.isEmpty()) {
      generation.drop(dropped);
    }
    return dropped.size();
  }

  private boolean expired(ProjectId project, LocalDate day) {
    LocalDate first = keepFrom.get(project);
    return first != null && day.isBefore(first);
  }

  private Set<ProjectId> projects(Slice slice) throws IOException {
    DirectoryReader reader = slice.acquire(nanoTime.getAsLong());
    if (reader == null) {
      return Set.of();
    }
    try {
      Set<ProjectId> named = new HashSet<>();
      for (LeafReaderContext leaf : reader.leaves()) {
        named(leaf.reader().terms(Schema.EXACT), named);
      }
      IndexSearcher searcher = new IndexSearcher(reader);
      Set<ProjectId> present = new HashSet<>();
      for (ProjectId project : named) {
        if (searcher.count(LuceneQueries.project(project)) > 0) {
          present.add(project);
        }
      }
      return present;
    } finally {
      reader.decRef();
    }
  }

  private static void named(@org.jspecify.annotations.Nullable Terms terms, Set<ProjectId> to)
      throws IOException {
    if (terms == null) {
      return;
    }
    BytesRef prefix = new BytesRef(Schema.exact("project", ""));
    TermsEnum each = terms.iterator();
    if (each.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
      return;
    }
    for (BytesRef term = each.term();
        term != null && StringHelper.startsWith(term, prefix);
        term = each.next()) {
      int at = term.offset + prefix.length;
      ProjectId project =
          ProjectId.parse(
              new String(term.bytes, at, term.length - prefix.length, StandardCharsets.US_ASCII));
      if (project != null) {
        to.add(project);
      }
    }
  }
}
