package io.levee.local.index;

import io.levee.engine.query.WordScanner;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/** The words of several values, as {@link WordScanner} cuts them; no phrase spans two values. */
final class WordStream extends TokenStream {
  private static final int ASCII = 128;

  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
  private final BytesRef bytes =
      new BytesRef(UnicodeUtil.maxUTF8Length(WordScanner.WORD_CHARS_MAX));
  private final List<String> values = new ArrayList<>();
  private final WordScanner scanner = new WordScanner();
  private int next;
  private boolean firstOfValue;

  void clear() {
    values.clear();
  }

  void add(String value) {
    values.add(value);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public void reset() {
    next = 0;
    firstOfValue = true;
    scanner.reset("");
  }

  @Override
  public boolean incrementToken() {
    while (!scanner.next()) {
      if (next == values.size()) {
        return false;
      }
      scanner.reset(values.get(next++));
      firstOfValue = true;
    }
    encode(scanner.buffer(), scanner.length());
    term.setBytesRef(bytes);
    step.setPositionIncrement(scanner.whole() ? 0 : firstOfValue ? 2 : 1);
    firstOfValue = false;
    return true;
  }

  /** Nearly all words are ASCII, which is one byte a char. */
  private void encode(char[] chars, int length) {
    byte[] to = bytes.bytes;
    for (int i = 0; i < length; i++) {
      if (chars[i] >= ASCII) {
        bytes.length = UnicodeUtil.UTF16toUTF8(chars, 0, length, to);
        return;
      }
      to[i] = (byte) chars[i];
    }
    bytes.length = length;
  }
}
