package io.levee.local.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.event.Frame;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which stack a list of frames is. Remembers lists by identity: a parser that hands out one
 * list for equal stacks saves the work. Used by one thread.
 *
 * <p>A cryptographic hash, because all projects share a slice: nobody shall make frames that pass
 * for another's.
 */
final class Stacks {
  private static final int REMEMBERED_MAX = 10_000;

  private final Cache<List<Frame>, Stack> remembered =
      Caffeine.newBuilder().weakKeys().maximumSize(REMEMBERED_MAX).executor(Runnable::run).build();

  private final MessageDigest sha = sha256();
  private final Content content = new Content();

  /** The stack of one exception's frames. */
  Stack of(List<Frame> frames) {
    Stack known = remembered.getIfPresent(frames);
    if (known != null) {
      return known;
    }
    content.clear();
    EventFields.visitCode(frames, content);
    sha.update(content.bytes, 0, content.length);
    Stack stack = new Stack(ByteBuffer.wrap(sha.digest()).getLong(), content.values);
    remembered.put(frames, stack);
    return stack;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What is hashed: one byte for the kind, then the chars, ASCII in one byte and others in three.
   */
  private static final class Content implements FieldVisitor {
    private static final byte WORDS_AS_WELL = 1;
    private static final byte WORDS = 2;
    private static final byte EXACT = 3;
    private static final byte END = (byte) 0xFF;
    private static final byte WIDE = (byte) 0x80;
    private static final int BYTES_PER_CHAR_MAX = 3;
    private static final int ASCII = 128;

    private byte[] bytes = new byte[4096];
    private int length;
    private int values;
    private @Nullable String exact;

    void clear() {
      length = 0;
      values = 0;
      exact = null;
    }

    @Override
    public void exact(String field, String value) {
      append(EXACT, field);
      append(EXACT, value);
      exact = value;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // An exact value comes a second time as words.
    public void words(String value) {
      values++;
      append(value == exact ? WORDS_AS_WELL : WORDS, value == exact ? "" : value);
      exact = null;
    }

    @Override
    public void text(String field, String value) {
      throw new IllegalStateException("frames have no texts: " + field);
    }

    @Override
    public void number(String field, double value) {
      throw new IllegalStateException("frames have no numbers: " + field);
    }

    @Override
    public void leaf(String path, String value) {
      throw new IllegalStateException("frames have no leaves: " + path);
    }

    private void append(byte kind, String value) {
      int needed = length + BYTES_PER_CHAR_MAX * value.length() + 2;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
      }
      bytes[length++] = kind;
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c < ASCII) {
          bytes[length++] = (byte) c;
        } else {
          bytes[length++] = WIDE;
          bytes[length++] = (byte) (c >>> 8);
          bytes[length++] = (byte) c;
        }
      }
      bytes[length++] = END;
    }
  }
}
