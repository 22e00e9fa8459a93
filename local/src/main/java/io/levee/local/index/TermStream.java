package io.levee.local.index;

import io.levee.engine.query.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * The whole terms of one document, as {@link Schema} writes them. They are put together as bytes in
 * one buffer, and what belongs to a name is kept from document to document: an event has a hundred
 * terms, and their names are always the same. Used by one thread.
 */
final class TermStream extends TokenStream {
  private static final int ASCII = 128;
  private static final int USUAL_BYTES = 8 << 10;
  private static final int USUAL_TERMS = 128;
  private static final int NAMES_MAX = 4_096;

  private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
  private final BytesRef term = new BytesRef();
  private final Map<String, Name> fields = new HashMap<>();
  private final Map<String, Name> leaves = new HashMap<>();
  private final Map<String, Presence> presences = new HashMap<>();
  private final char[] chars = new char[Values.EXACT_CHARS_MAX];
  private byte[] bytes = new byte[USUAL_BYTES];
  private int[] ends = new int[USUAL_TERMS];
  private int count;
  private int length;
  private int next;
  private long document;

  /**
   * What the terms of a name have in common.
   *
   * @param prefix what they begin with
   * @param presences that the document has it, and whatever it lies in
   */
  private record Name(BytesRef prefix, List<Presence> presences) {}

  /** The term that says that a document has something. */
  private static final class Presence {
    private final BytesRef bytes;
    private long saidOf = -1;

    Presence(BytesRef bytes) {
      this.bytes = bytes;
    }
  }

  /** Begins with another document. */
  void clear() {
    count = 0;
    length = 0;
    document++;
  }

  /** A value of a field, and that the document has the field. */
  void exact(String field, String value) {
    Name name = fields.get(field);
    value(name == null ? learn(fields, field, List.of(field)) : name, field, value);
  }

  /** A value of a leaf, and that the document has it and everything it lies in. */
  void leaf(String path, String value) {
    Name name = leaves.get(path);
    value(name == null ? learn(leaves, path, prefixes(path)) : name, path, value);
  }

  /** That a leaf, which the document has, says what the field of its name says. */
  void same(String path) {
    Name name = leaves.get(path);
    (name == null ? learn(leaves, path, prefixes(path)) : name).presences().forEach(this::say);
    exists(Schema.SEPARATOR + path);
  }

  /** That the document has something. */
  void exists(String name) {
    say(presence(name));
  }

  private void value(Name name, String field, String value) {
    append(name.prefix());
    append(Schema.value(field, Values.fold(value)));
    finish();
    for (Presence presence : name.presences()) {
      say(presence);
    }
  }

  private void say(Presence presence) {
    if (presence.saidOf != document) {
      presence.saidOf = document;
      append(presence.bytes);
      finish();
    }
  }

  private Name learn(Map<String, Name> names, String name, List<String> parts) {
    if (names.size() >= NAMES_MAX) {
      names.clear();
    }
    List<Presence> said = parts.stream().map(this::presence).toList();
    Name learned = new Name(new BytesRef(Schema.exact(name, "")), said);
    names.put(name, learned);
    return learned;
  }

  private Presence presence(String name) {
    Presence known = presences.get(name);
    if (known != null) {
      return known;
    }
    if (presences.size() >= NAMES_MAX) {
      presences.clear();
      fields.clear(); // Their presences would no longer know what was said.
      leaves.clear();
    }
    Presence learned = new Presence(new BytesRef(Schema.exists(name)));
    presences.put(name, learned);
    return learned;
  }

  /** A path, and all it lies in. */
  private static List<String> prefixes(String path) {
    List<String> parts = new ArrayList<>();
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      parts.add(path.substring(0, end));
    }
    return parts;
  }

  private void append(BytesRef more) {
    bytes = ArrayUtil.grow(bytes, length + more.length);
    System.arraycopy(more.bytes, more.offset, bytes, length, more.length);
    length += more.length;
  }

  /** Nearly all values are ASCII, which is one byte a char. */
  private void append(String value) {
    int charCount = value.length();
    value.getChars(0, charCount, chars, 0);
    bytes = ArrayUtil.grow(bytes, length + UnicodeUtil.maxUTF8Length(charCount));
    int all = 0;
    for (int i = 0; i < charCount; i++) {
      char c = chars[i];
      all |= c;
      bytes[length + i] = (byte) c;
    }
    length =
        all < ASCII
            ? length + charCount
            : UnicodeUtil.UTF16toUTF8(value, 0, charCount, bytes, length);
  }

  private void finish() {
    ends = ArrayUtil.grow(ends, count + 1);
    ends[count++] = length;
  }

  @Override
  public void reset() {
    clearAttributes(); // The end of the stream before left its own.
    next = 0;
  }

  @Override
  public boolean incrementToken() {
    if (next == count) {
      return false;
    }
    int start = next == 0 ? 0 : ends[next - 1];
    term.bytes = bytes;
    term.offset = start;
    term.length = ends[next++] - start;
    attribute.setBytesRef(term);
    return true;
  }
}
