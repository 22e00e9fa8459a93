package io.levee.edge.net;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body, undoing its Content-Encoding (RFC 9110 section 8.4: gzip, x-gzip,
 * deflate, br, zstd, identity), and stops as soon as a limit is passed. Memory grows with what has
 * arrived, never with what a header promises. Thread-safe.
 */
public final class BodyReader {
  private static final int FIRST_BYTES = 8 << 10;

  private static final int LENGTH_DIGITS_MAX = 18;
  private static final int CODER_BUFFER_BYTES = 16 << 10;

  /** What a stream returns at its end. */
  private static final int END = -1;

  private static final int NOT_READ = -2;

  /** What is decoded from a body is counted with so many times its bytes besides. */
  static final int DECODED_FACTOR = 2;

  private final BodyLimits limits;
  private final MemoryLedger memory;
  private final LongSupplier nanoTime;

  public BodyReader(BodyLimits limits, MemoryLedger memory) {
    this(limits, memory, System::nanoTime);
  }

  /**
   * @param nanoTime a clock that only moves forward, in ns
   */
  BodyReader(BodyLimits limits, MemoryLedger memory, LongSupplier nanoTime) {
    this.limits = limits;
    this.memory = memory;
    this.nanoTime = nanoTime;
  }

  /** Reads to the end, or to the first limit. Never throws for what the client sends. */
  public RequestBody read(HttpCall call) {
    String coding = call.header("Content-Encoding");
    CountedInput sent = new CountedInput(call.body(), limits.sentBytesMax());
    try (InputStream decoded = decode(coding, sent)) {
      return read(decoded, sent, decoded == sent ? declaredBytes(call) : -1);
    } catch (UnknownCoding e) {
      return new RequestBody.Unreadable(
          415,
          "Content-Encoding: " + coding + " (expected: gzip, deflate, br, zstd or none)",
          "unknown coding");
    } catch (SentTooLarge e) {
      return new RequestBody.Unreadable(
          413, "body: more than " + limits.sentBytesMax() + " bytes as sent", "too large as sent");
    } catch (IOException e) {
      return unreadable(coding, e);
    }
  }

  private static RequestBody unreadable(@Nullable String coding, IOException e) {
    boolean coded = coding != null && !coding.isBlank() && !"identity".equalsIgnoreCase(coding);
    if (e.getCause() instanceof TimeoutException) {
      return new RequestBody.Unreadable(408, "body: did not arrive in time", "timeout");
    }
    if (coded || e instanceof ZipException || e instanceof EOFException) {
      return new RequestBody.Unreadable(400, "body: not valid " + coding, "bad coding");
    }
    return new RequestBody.Unreadable(
        400, "body: the connection broke before its end", "cut short");
  }

  /** What a header promises; -1 for nothing that we could go by. */
  private static long declaredBytes(HttpCall call) {
    String declared = call.header("Content-Length");
    boolean number =
        declared != null
            && !declared.isEmpty()
            && declared.length() <= LENGTH_DIGITS_MAX
            && declared.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(declared) : -1;
  }

  private RequestBody read(InputStream decoded, CountedInput sent, long declaredBytes)
      throws IOException {
    long startNanos = nanoTime.getAsLong();
    if (!memory.reserve(FIRST_BYTES)) {
      return noMemory();
    }
    long reserved = FIRST_BYTES;
    boolean kept = false;
    byte[] buffer =
        new byte[declaredBytes > 0 ? (int) Math.min(declaredBytes, FIRST_BYTES) : FIRST_BYTES];
    int length = 0;
    try {
      while (true) {
        int read = decoded.read(buffer, length, buffer.length - length);
        if (read == END) {
          break;
        }
        length += read;
        RequestBody refused = tooSlow(nanoTime.getAsLong() - startNanos, sent.count());
        refused = refused == null ? overLimit(length, sent.count()) : refused;
        if (refused != null) {
          return refused;
        }
        if (length == buffer.length) {
          int next = length == declaredBytes ? decoded.read() : NOT_READ;
          if (next == END) {
            break;
          }
          int more = more(length, declaredBytes);
          if (!memory.reserve(more)) {
            return noMemory();
          }
          reserved += more;
          buffer = Arrays.copyOf(buffer, buffer.length + more);
          if (next != NOT_READ) {
            buffer[length++] = (byte) next;
          }
        }
      }
      long keep = length * (1L + DECODED_FACTOR);
      if (keep > reserved && !memory.reserve(keep - reserved)) {
        return noMemory();
      }
      memory.release(Math.max(0, reserved - keep));
      kept = true;
      return new RequestBody.Whole(
          length == buffer.length ? buffer : Arrays.copyOf(buffer, length),
          sent.count(),
          () -> memory.release(keep));
    } finally {
      if (!kept) {
        memory.release(reserved);
      }
    }
  }

  /** As much again as has arrived, but not more than is still to come. */
  private static int more(int length, long declaredBytes) {
    return declaredBytes > length ? (int) Math.min(length, declaredBytes - length) : length;
  }

  private static RequestBody noMemory() {
    return new RequestBody.Unreadable(
        503, "body: no memory for it now, come back later", "no memory");
  }

  /** Who sends a byte now and then holds a thread and memory for as long as we let him. */
  private @Nullable RequestBody tooSlow(long nanos, long sent) {
    if (nanos > limits.timeMax().toNanos()) {
      return new RequestBody.Unreadable(
          408, "body: took longer than " + limits.timeMax(), "timeout");
    }
    long expected = nanos / 1_000_000_000L * limits.bytesPerSecondMin();
    if (nanos > BodyLimits.SLOW_GRACE.toNanos() && sent < expected) {
      return new RequestBody.Unreadable(
          408, "body: slower than " + limits.bytesPerSecondMin() + " bytes a second", "too slow");
    }
    return null;
  }

  private @Nullable RequestBody overLimit(long decoded, long sent) {
    if (decoded > limits.decodedBytesMax()) {
      return new RequestBody.Unreadable(
          413, "body: more than " + limits.decodedBytesMax() + " bytes decompressed", "too large");
    }
    if (decoded > BodyLimits.RATIO_FREE_BYTES && decoded > sent * limits.ratioMax()) {
      return new RequestBody.Unreadable(
          413,
          "body: decompresses to more than " + limits.ratioMax() + " times its size",
          "compression bomb");
    }
    return null;
  }

  private static InputStream decode(@Nullable String coding, InputStream sent) throws IOException {
    if (coding == null) {
      return sent;
    }
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> new GZIPInputStream(sent, CODER_BUFFER_BYTES);
      case "deflate" -> new InflaterInputStream(sent);
      case "br" -> {
        Brotli4jLoader.ensureAvailability();
        yield new BrotliInputStream(sent, CODER_BUFFER_BYTES);
      }
      case "zstd" -> new ZstdInputStreamNoFinalizer(sent);
      default -> throw new UnknownCoding();
    };
  }

  private static final class UnknownCoding extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class SentTooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Counts what comes over the wire and stops at the limit. */
  private static final class CountedInput extends FilterInputStream {
    private final long bytesMax;
    private long count;

    CountedInput(InputStream in, long bytesMax) {
      super(in);
      this.bytesMax = bytesMax;
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        add(1);
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        add(read);
      }
      return read;
    }

    private void add(int bytes) throws IOException {
      count += bytes;
      if (count > bytesMax) {
        throw new SentTooLarge();
      }
    }
  }
}
