package io.levee.edge.sentry;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what older clients do to a store body without saying so in a header: zlib, or zlib in
 * base64. Told apart by the first byte. Pure.
 */
final class StoreBody {
  private static final int ZLIB_FIRST_BYTE = 0x78;

  private StoreBody() {}

  /**
   * The JSON's bytes; at most one more than the limit when there would be more.
   *
   * @return null when the body is neither
   */
  static byte @Nullable [] plain(byte[] body, int bytesMax) {
    if (body.length == 0) {
      return body;
    }
    if (body[0] == ZLIB_FIRST_BYTE) {
      return inflate(body, bytesMax);
    }
    boolean base64OfZlib = body.length > 1 && body[0] == 'e' && (body[1] == 'J' || body[1] == 'N');
    if (!base64OfZlib) {
      return body;
    }
    try {
      return inflate(Base64.getMimeDecoder().decode(body), bytesMax);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte @Nullable [] inflate(byte[] body, int bytesMax) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(body);
      byte[] plain = new byte[Math.min(bytesMax + 1, 4096)];
      int length = 0;
      while (!inflater.finished()) {
        if (length == plain.length) {
          if (length > bytesMax) {
            break;
          }
          plain = Arrays.copyOf(plain, Math.min(bytesMax + 1, length * 2));
        }
        int read = inflater.inflate(plain, length, plain.length - length);
        if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return null;
        }
        length += read;
      }
      return Arrays.copyOf(plain, length);
    } catch (DataFormatException e) {
      return null;
    }
  }
}
