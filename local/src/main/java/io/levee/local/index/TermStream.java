package io.levee.local.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Ready-made terms, each once. */
final class TermStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final List<String> terms = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int next;

  void clear() {
    terms.clear();
    seen.clear();
  }

  void add(String value) {
    if (seen.add(value)) {
      terms.add(value);
    }
  }

  @Override
  public void reset() {
    clearAttributes(); // The end of the stream before left its own.
    next = 0;
  }

  @Override
  public boolean incrementToken() {
    if (next == terms.size()) {
      return false;
    }
    term.setEmpty().append(terms.get(next++));
    return true;
  }
}
