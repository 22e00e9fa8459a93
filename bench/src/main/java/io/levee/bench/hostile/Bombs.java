package io.levee.bench.hostile;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Small bodies that become large: compressed nothing, nested JSON, endless names and numbers. */
public final class Bombs {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int DEEP = 100_000;
  private static final int LONG_TEXT_CHARS = 2 << 20;
  private static final int MANY = 200_000;
  private static final int MEMBERS = 2_000;

  /** The best takes minutes a gigabyte; nothing is as small with any. */
  private static final Encoder.Parameters QUICK = new Encoder.Parameters().setQuality(5);

  private Bombs() {}

  /** A way to compress. */
  private interface Coder {
    OutputStream on(OutputStream out) throws IOException;
  }

  /**
   * All of them.
   *
   * @param bytes what each compressed one becomes
   */
  public static List<Attack> all(long bytes) throws IOException {
    Brotli4jLoader.ensureAvailability();
    List<Attack> attacks = new ArrayList<>(json());
    List<String> codings = List.of("gzip", "deflate", "br", "zstd");
    for (String coding : codings) {
      byte[] zeros = repeated(coding, new byte[BLOCK_BYTES], bytes);
      attacks.add(new Attack("zeros", coding, zeros));
      byte[] brackets = "[".repeat(BLOCK_BYTES).getBytes(StandardCharsets.US_ASCII);
      attacks.add(new Attack("brackets", coding, repeated(coding, brackets, bytes)));
      byte[] cut = java.util.Arrays.copyOf(zeros, zeros.length / 2);
      attacks.add(new Attack("zeros, cut in half", coding, cut));
      attacks.add(new Attack("in itself", coding, once(coding, zeros)));
      attacks.add(new Attack("many members", coding, members(coding, bytes / MEMBERS)));
      attacks.add(
          new Attack(
              "no coding at all", coding, "{\"title\":\"x\"}".getBytes(StandardCharsets.US_ASCII)));
    }
    return attacks;
  }

  private static Coder coder(String coding) {
    return switch (coding) {
      case "gzip" -> GZIPOutputStream::new;
      case "deflate" -> DeflaterOutputStream::new;
      case "br" -> out -> new BrotliOutputStream(out, QUICK);
      case "zstd" -> ZstdOutputStreamNoFinalizer::new;
      default -> throw new IllegalArgumentException("coding: \"" + coding + "\"");
    };
  }

  private static byte[] repeated(String coding, byte[] block, long bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = coder(coding).on(packed)) {
      for (long written = 0; written < bytes; written += block.length) {
        out.write(block);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] once(String coding, byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = coder(coding).on(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  private static byte[] members(String coding, long bytes) throws IOException {
    byte[] member = repeated(coding, new byte[1 << 10], bytes);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < MEMBERS; i++) {
      all.write(member);
    }
    return all.toByteArray();
  }

  private static List<Attack> json() {
    return List.of(
        text("arrays " + DEEP + " deep", "{\"extra\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
        text("arrays " + DEEP + " deep, never closed", "{\"extra\":" + "[".repeat(DEEP)),
        text("objects " + DEEP + " deep", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)),
        text("mixed " + DEEP + " deep", "[{\"a\":".repeat(DEEP) + "1" + "}]".repeat(DEEP)),
        text("brackets alone", "[".repeat(DEEP)),
        text("a title of 2 MiB", "{\"title\":\"" + "x".repeat(LONG_TEXT_CHARS) + "\"}"),
        text("a name of 2 MiB", "{\"" + "x".repeat(LONG_TEXT_CHARS) + "\":1}"),
        text("a number of 2 Mi digits", "{\"n\":" + "9".repeat(LONG_TEXT_CHARS) + "}"),
        text("a huge exponent", "{\"title\":\"x\",\"extra\":{\"n\":1e999999999}}"),
        text("a small exponent", "{\"title\":\"x\",\"extra\":{\"n\":1e-999999999}}"),
        text("many names", "{\"title\":\"x\",\"tags\":{" + names() + "}}"),
        text("the same name many times", "{" + "\"title\":\"x\",".repeat(MANY) + "\"a\":1}"),
        text("many events", "{\"title\":\"x\"}\n".repeat(MANY)),
        text("many empty lines", "\n".repeat(LONG_TEXT_CHARS)),
        text("escapes", "{\"title\":\"" + "\\ud83d".repeat(MANY) + "\"}"),
        text("spaces", "{" + " ".repeat(LONG_TEXT_CHARS) + "\"title\":\"x\"}"));
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      names.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":\"v\"");
    }
    return names.toString();
  }

  private static Attack text(String name, String body) {
    return new Attack(name, "", body.getBytes(StandardCharsets.UTF_8));
  }
}
