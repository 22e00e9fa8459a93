package io.levee.local.index;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Reads which stacks a slice holds and which of them its events refer to. */
final class SliceStacks {
  private SliceStacks() {}

  /** The hashes of a field's terms that a document has which was not deleted. */
  static Set<Long> hashes(DirectoryReader reader, String field) throws IOException {
    Set<Long> live = new HashSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(field);
      if (terms == null) {
        continue;
      }
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        long hash = Schema.stackOf(term);
        if (!live.contains(hash) && live(leaf.reader(), each) >= 0) {
          live.add(hash);
        }
      }
    }
    return live;
  }

  /** The first document of a term that was not deleted; -1 when there is none. */
  static int live(LeafReader leaf, TermsEnum term) throws IOException {
    Bits live = leaf.getLiveDocs();
    PostingsEnum docs = term.postings(null, PostingsEnum.NONE);
    for (int doc = docs.nextDoc(); doc != PostingsEnum.NO_MORE_DOCS; doc = docs.nextDoc()) {
      if (live == null || live.get(doc)) {
        return doc;
      }
    }
    return -1;
  }

  /** The stacks that have a document. */
  static KnownStacks known(DirectoryReader reader) throws IOException {
    KnownStacks known = new KnownStacks();
    hashes(reader, Schema.STACK_KEY).forEach(known::add);
    return known;
  }

  /** The stacks that no event refers to any more. */
  static Set<Long> orphans(DirectoryReader reader) throws IOException {
    Set<Long> orphans = hashes(reader, Schema.STACK_KEY);
    orphans.removeAll(hashes(reader, Schema.STACK));
    return orphans;
  }
}
