package io.levee.local.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/** Ready-made terms, each once. */
final class TermStream extends TokenStream {
  private static final int USUAL_BYTES = 256;

  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final BytesRef bytes = new BytesRef(USUAL_BYTES);
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
    String value = terms.get(next++);
    int bytesMax = UnicodeUtil.maxUTF8Length(value.length());
    bytes.bytes = ArrayUtil.growNoCopy(bytes.bytes, bytesMax);
    bytes.length = UnicodeUtil.UTF16toUTF8(value, 0, value.length(), bytes.bytes);
    term.setBytesRef(bytes);
    return true;
  }
}
