package io.levee.engine.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts running text into the words that can be searched for. One definition for the index, the live
 * tail and the query, so that they can't disagree. Not thread-safe; reuse it, it allocates nothing
 * a word.
 *
 * <p>A word is a run of letters, digits and combining marks, in lower case; ideographs and kana
 * stand alone, because their languages put no blanks between words. Words that are tied together by
 * a single {@code . _ - @} or {@code $} are also given whole, at the place of the first: {@code
 * com.shop.Checkout} is {@code com}, {@code com.shop.checkout} (whole), {@code shop}, {@code
 * checkout}. So a part finds it, a run of parts finds it as a phrase, and patterns can be laid over
 * the whole.
 *
 * <p>Of a word longer than {@link #WORD_CHARS_MAX} the beginning counts; a longer whole is left
 * out.
 */
public final class WordScanner {
  /** The longest word, in chars. */
  public static final int WORD_CHARS_MAX = 100;

  private static final byte SEPARATOR = 0;
  private static final byte WORD = 1;
  private static final byte CONNECTOR = 2;
  private static final int ASCII = 128;
  private static final int USUAL_CHARS = 1_024;
  private static final byte[] KIND = new byte[ASCII];
  private static final char[] LOWER = new char[ASCII];

  static {
    for (char c = 0; c < ASCII; c++) {
      KIND[c] = Character.isLetterOrDigit(c) ? WORD : SEPARATOR;
      LOWER[c] = Character.toLowerCase(c);
    }
    for (char c : new char[] {'.', '_', '-', '@', '$'}) {
      KIND[c] = CONNECTOR;
    }
  }

  private final char[] word = new char[WORD_CHARS_MAX];
  private char[] text = new char[USUAL_CHARS];
  private int textLength;
  private int at;
  private int length;
  private boolean whole;
  private int tiedStart;
  private int tiedEnd;
  private boolean wholePending;

  /** Begins with another text. */
  public WordScanner reset(String newText) {
    textLength = newText.length();
    if (text.length < textLength) {
      text = new char[Math.max(textLength, 2 * text.length)];
    } else if (text.length > USUAL_CHARS && textLength <= USUAL_CHARS) {
      text = new char[USUAL_CHARS]; // One long text must not keep its room for ever.
    }
    newText.getChars(0, textLength, text, 0);
    at = 0;
    tiedStart = 0;
    tiedEnd = 0;
    wholePending = false;
    length = 0;
    whole = false;
    return this;
  }

  /** Goes to the next word; false at the end. */
  public boolean next() {
    if (wholePending) {
      wholePending = false;
      takeWhole();
      return true;
    }
    skipSeparators();
    if (at >= textLength) {
      return false;
    }
    if (at >= tiedEnd) {
      findTied();
    }
    takeWord();
    return true;
  }

  /** Whether this word is a whole, standing at the same place as the word before it. */
  public boolean whole() {
    return whole;
  }

  /** The chars of the current word, valid until {@link #next}; see {@link #length}. */
  @SuppressWarnings("ExposedArray")
  public char[] buffer() {
    return word;
  }

  /** How many chars the current word has. */
  public int length() {
    return length;
  }

  /** The current word. */
  public String word() {
    return new String(word, 0, length);
  }

  /** The words of a text, in order, without wholes. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    WordScanner scanner = new WordScanner().reset(text);
    while (scanner.next()) {
      if (!scanner.whole()) {
        words.add(scanner.word());
      }
    }
    return words;
  }

  /** Whether a char can stand in a word or tie two together. */
  public static boolean standsInWord(char c) {
    return c < ASCII ? KIND[c] != SEPARATOR : Character.isSurrogate(c) || wordCodePoint(c);
  }

  private void skipSeparators() {
    while (at < textLength) {
      char c = text[at];
      if (c < ASCII) {
        if (KIND[c] == WORD) {
          return;
        }
        at++;
      } else {
        int codePoint = Character.codePointAt(text, at, textLength);
        if (wordCodePoint(codePoint)) {
          return;
        }
        at += Character.charCount(codePoint);
      }
    }
  }

  private void findTied() {
    tiedStart = at;
    int end = endOfWord(at);
    boolean tied = false;
    while (end + 1 < textLength && connector(text[end])) {
      int further = endOfWord(end + 1);
      if (further == end + 1) {
        break;
      }
      tied = true;
      end = further;
    }
    tiedEnd = end;
    wholePending = tied && end - tiedStart <= WORD_CHARS_MAX;
  }

  /** Where the word that begins here ends; the same place when none begins. */
  private int endOfWord(int from) {
    int end = from;
    while (end < textLength) {
      char c = text[end];
      if (c < ASCII) {
        if (KIND[c] != WORD) {
          return end;
        }
        end++;
      } else {
        int codePoint = Character.codePointAt(text, end, textLength);
        if (!wordCodePoint(codePoint)) {
          return end;
        }
        if (standsAlone(codePoint)) {
          return end == from ? end + Character.charCount(codePoint) : end;
        }
        end += Character.charCount(codePoint);
      }
    }
    return end;
  }

  private void takeWord() {
    int end = endOfWord(at);
    take(at, end);
    at = end;
    whole = false;
  }

  private void takeWhole() {
    take(tiedStart, tiedEnd);
    whole = true;
  }

  private void take(int from, int end) {
    length = 0;
    for (int i = from; i < end && length < WORD_CHARS_MAX; i++) {
      char c = text[i];
      if (c < ASCII) {
        word[length++] = LOWER[c];
      } else {
        i += takeCodePoint(i) - 1;
      }
    }
  }

  private int takeCodePoint(int index) {
    int codePoint = Character.codePointAt(text, index, textLength);
    int lower = Character.toLowerCase(codePoint);
    if (length + Character.charCount(lower) <= WORD_CHARS_MAX) {
      length += Character.toChars(lower, word, length);
    } else {
      length = WORD_CHARS_MAX == length ? length : cut();
    }
    return Character.charCount(codePoint);
  }

  /** No room for both halves of a pair: the word ends before it. */
  private int cut() {
    word[length] = '\uFFFD';
    return length + 1;
  }

  private static boolean connector(char c) {
    return c < ASCII && KIND[c] == CONNECTOR;
  }

  private static boolean wordCodePoint(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean standsAlone(int codePoint) {
    return codePoint >= 0x2E80
        && (Character.isIdeographic(codePoint) || (codePoint >= 0x3041 && codePoint <= 0x30FF));
  }
}
