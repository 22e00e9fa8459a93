package io.levee.local.index;

import io.levee.engine.query.WordScanner;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** The words of several values, as {@link WordScanner} cuts them; no phrase spans two values. */
final class WordStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
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
    term.copyBuffer(scanner.buffer(), 0, scanner.length());
    step.setPositionIncrement(scanner.whole() ? 0 : firstOfValue ? 2 : 1);
    firstOfValue = false;
    return true;
  }
}
