package io.levee.edge.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BodyReaderTest {
  private static final BodyLimits LIMITS =
      new BodyLimits(1 << 20, 4 << 20, 100, Duration.ofSeconds(5));

  private final MemoryLedger memory = new MemoryLedger(16 << 20);
  private final BodyReader reader = new BodyReader(LIMITS, memory);

  private static HttpCall call(byte[] body, @Nullable String coding) {
    return call(new ByteArrayInputStream(body), coding);
  }

  private static HttpCall call(InputStream body, @Nullable String coding) {
    return new HttpCall(
        "POST",
        "/",
        Map.of(),
        name -> name.equals("Content-Encoding") ? coding : null,
        "127.0.0.1",
        body,
        Map.of());
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  private static int status(RequestBody body) {
    return body instanceof RequestBody.Unreadable unreadable ? unreadable.status() : 200;
  }

  @Test
  void readsWhatWasSentPlainAndCoded() throws IOException {
    byte[] text = "naïve ☕ ".repeat(5_000).getBytes(StandardCharsets.UTF_8);

    for (RequestBody read :
        List.of(
            reader.read(call(text, null)),
            reader.read(call(gzip(text), "gzip")),
            reader.read(call(Zstd.compress(text), "zstd")))) {
      assertThat(read)
          .isInstanceOfSatisfying(
              RequestBody.Whole.class,
              whole -> {
                assertThat(whole.bytes()).isEqualTo(text);
                whole.close();
              });
    }
    assertThat(memory.reserved()).isZero();
  }

  @Test
  void aDeclaredLengthSpoilsNoMemory() {
    byte[] text = new byte[(1 << 19) + (1 << 17)];
    HttpCall call =
        new HttpCall(
            "POST",
            "/",
            Map.of(),
            name -> name.equals("Content-Length") ? Integer.toString(text.length) : null,
            "127.0.0.1",
            new ByteArrayInputStream(text),
            Map.of());
    BodyReader roomy = new BodyReader(BodyLimits.DEFAULT, memory);
    assertThat(status(roomy.read(call(new byte[1], null)))).isEqualTo(200); // Loads classes.

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    RequestBody read = roomy.read(call);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(read)
        .isInstanceOfSatisfying(
            RequestBody.Whole.class, whole -> assertThat(whole.bytes()).hasSize(text.length));
    assertThat(allocated).isLessThan(3L * text.length);
  }

  @Test
  void aDeclaredLengthIsNotTrusted() {
    for (String declared : List.of("0", "1", "8192", "16384", "999999999999", "-1", "many", "")) {
      byte[] text = new byte[20_000];
      HttpCall call =
          new HttpCall(
              "POST",
              "/",
              Map.of(),
              name -> name.equals("Content-Length") ? declared : null,
              "127.0.0.1",
              new ByteArrayInputStream(text),
              Map.of());

      assertThat(reader.read(call))
          .as(declared)
          .isInstanceOfSatisfying(
              RequestBody.Whole.class, whole -> assertThat(whole.bytes()).isEqualTo(text));
    }
  }

  @Test
  void severalGzipMembersAreOneBody() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(gzip("one ".getBytes(StandardCharsets.UTF_8)));
    both.writeBytes(gzip("two".getBytes(StandardCharsets.UTF_8)));

    assertThat(reader.read(call(both.toByteArray(), "gzip")))
        .isInstanceOfSatisfying(
            RequestBody.Whole.class,
            whole ->
                assertThat(whole.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("one two"));
  }

  @Test
  void stopsAtTheLimitOfWhatIsSent() {
    assertThat(status(reader.read(call(new byte[(1 << 20) + 1], null)))).isEqualTo(413);
    assertThat(status(reader.read(call(new byte[1 << 20], null)))).isEqualTo(200);
  }

  @Test
  void stopsABombAsSoonAsItShows() throws IOException {
    byte[] bomb = gzip(new byte[64 << 20]);

    assertThat(reader.read(call(bomb, "gzip")))
        .isInstanceOfSatisfying(
            RequestBody.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.status()).isEqualTo(413);
              assertThat(unreadable.reason()).isEqualTo("compression bomb");
            });
    assertThat(status(reader.read(call(Zstd.compress(new byte[64 << 20]), "zstd")))).isEqualTo(413);
    assertThat(memory.reserved()).isZero();
  }

  @Test
  void stopsAtTheLimitOfWhatIsDecoded() throws IOException {
    byte[] noise = new byte[5 << 20];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] &= 1; // compresses about eightfold
    }

    assertThat(status(reader.read(call(gzip(noise), "gzip")))).isEqualTo(413);
  }

  @Test
  void garbageInAnyCodingIsTheClientsFault() throws IOException {
    Random random = new Random(7);
    byte[] whole = gzip("{\"title\":\"x\"}".repeat(100).getBytes(StandardCharsets.UTF_8));
    for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
      for (int round = 0; round < 200; round++) {
        byte[] garbage = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        garbage[random.nextInt(garbage.length)] ^= (byte) (1 + random.nextInt(255));
        assertThat(status(reader.read(call(garbage, coding)))).as(coding).isIn(200, 400, 413);
      }
    }
    assertThat(status(reader.read(call(whole, "rot13")))).isEqualTo(415);
  }

  @Test
  void withoutMemoryItIsToComeBack() {
    BodyReader poor = new BodyReader(LIMITS, new MemoryLedger(10_000));

    assertThat(status(poor.read(call(new byte[100_000], null)))).isEqualTo(503);
  }

  @Test
  void aConnectionThatBreaksIsNoBugOfOurs() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("reset");
          }
        };

    assertThat(status(reader.read(call(broken, null)))).isEqualTo(400);
  }

  @Test
  void whatIsDecodedFromABodyIsCountedWithIt() {
    byte[] body = new byte[100_000];

    RequestBody read = reader.read(call(body, null));

    assertThat(memory.reserved()).isEqualTo(3L * body.length);
    ((RequestBody.Whole) read).close();
    assertThat(memory.reserved()).isZero();
  }

  @Test
  void smallBodiesAreCountedToo() {
    BodyReader poor = new BodyReader(LIMITS, new MemoryLedger(8_000));

    assertThat(status(poor.read(call(new byte[10], null)))).isEqualTo(503);
  }

  @Test
  void aBodyThatDripsIsRefused() {
    long[] nanos = new long[1];
    BodyLimits patient = new BodyLimits(1 << 20, 4 << 20, 100, Duration.ofMinutes(10), 1_000);
    BodyReader watched =
        new BodyReader(patient, memory, () -> nanos[0] += Duration.ofSeconds(1).toNanos());

    assertThat(watched.read(call(dripping(999), null)))
        .isInstanceOfSatisfying(
            RequestBody.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.status()).isEqualTo(408);
              assertThat(unreadable.reason()).isEqualTo("too slow");
            });
    assertThat(status(watched.read(call(dripping(1_100), null)))).isEqualTo(200);
    assertThat(memory.refusals()).isZero();
  }

  /** Twenty times so many bytes. */
  private static InputStream dripping(int bytesAtOnce) {
    return new InputStream() {
      private int reads;

      @Override
      public int read() {
        return ++reads > 20 ? -1 : 'x';
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return ++reads > 20 ? -1 : Math.min(bytesAtOnce, length);
      }
    };
  }
}
