package io.levee.bench.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** A sound body, changed a little at random, differently each time. Used by one thread. */
public final class Mutations {
  /** In sound bodies this stands for an id; each mutated one has another, or it is a duplicate. */
  public static final String ID = "0123456789abcdef0123456789abcdef";

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\n",
          "\r\n",
          "\0",
          "null",
          "true",
          "-",
          "1e999",
          "99999999999999999999",
          "\\u0000",
          "\\ud800",
          "\u00e9",
          "{\"length\":-1}",
          "\"length\":0",
          "\"length\":999999999",
          "\"type\":\"attachment\"",
          "\"timestamp\":\"tomorrow\"",
          "\"values\":null",
          "\"frames\":[null]",
          "\"exception\":[]",
          "\"level\":7",
          "NaN");
  private static final int CHANGES_MAX = 4;
  private static final int PIECE_BYTES_MAX = 200;

  private final SplittableRandom random;
  private final List<byte[]> sound;

  /**
   * @param sound bodies to begin with
   */
  public Mutations(long seed, List<byte[]> sound) {
    this.random = new SplittableRandom(seed);
    this.sound = sound.stream().map(byte[]::clone).toList();
  }

  /** The next one. */
  public byte[] next() {
    byte[] body = withNewId(sound.get(random.nextInt(sound.size())));
    int changes = 1 + random.nextInt(CHANGES_MAX);
    for (int i = 0; i < changes && body.length > 0; i++) {
      body = changed(body);
    }
    return body;
  }

  private byte[] withNewId(byte[] body) {
    HexFormat hex = HexFormat.of();
    String id = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    return new String(body, StandardCharsets.UTF_8)
        .replace(ID, id)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] changed(byte[] body) {
    int at = random.nextInt(body.length);
    int to = Math.min(body.length, at + 1 + random.nextInt(PIECE_BYTES_MAX));
    byte[] piece = Arrays.copyOfRange(body, at, to);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(body, at);
      case 1 -> Arrays.copyOf(body, at);
      case 2 -> joined(Arrays.copyOf(body, at), tail(body, to)); // A piece is missing.
      case 3 -> joined(Arrays.copyOf(body, to), tail(body, at)); // A piece is there twice.
      case 4 -> joined(joined(tail(body, to), piece), Arrays.copyOf(body, at));
      case 5 -> joined(joined(Arrays.copyOf(body, at), token()), tail(body, at));
      default -> joined(joined(Arrays.copyOf(body, at), token()), tail(body, to));
    };
  }

  private byte[] flipped(byte[] body, int at) {
    byte[] flipped = body.clone();
    flipped[at] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tail(byte[] body, int from) {
    return Arrays.copyOfRange(body, from, body.length);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(one.length + other.length);
    all.writeBytes(one);
    all.writeBytes(other);
    return all.toByteArray();
  }
}
