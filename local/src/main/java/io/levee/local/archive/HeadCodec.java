package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.bus.Positions;
import io.levee.event.ProjectId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Head and block table as bytes, as the package's picture draws them. */
final class HeadCodec {
  static final int BLOCK_BYTES = Long.BYTES + 6 * Integer.BYTES;

  private HeadCodec() {}

  static byte[] encode(ObjectHead head) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(head.sequence());
      out.writeLong(head.order());
      out.writeLong(head.created().toEpochMilli());
      text(out, head.before().encode());
      text(out, head.after().encode());
      out.writeInt(head.events());
      out.writeInt(head.blocks());
      out.writeInt(head.supersedes().size());
      for (long superseded : head.supersedes()) {
        out.writeLong(superseded);
      }
      out.writeInt(head.sections().size());
      for (Section section : head.sections()) {
        section(out, section.key(), section.digest());
      }
      out.writeInt(head.removals().size());
      for (Removal removal : head.removals()) {
        out.writeLong(removal.object());
        out.writeInt(removal.ordinal());
        section(out, removal.key(), removal.digest());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the bytes are something else
   */
  static ObjectHead decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      long sequence = in.getLong();
      long order = in.getLong();
      Instant created = Instant.ofEpochMilli(in.getLong());
      Positions before = Positions.decode(text(in));
      Positions after = Positions.decode(text(in));
      int events = in.getInt();
      int blocks = in.getInt();
      List<Long> supersedes = list(in, ByteBuffer::getLong);
      List<Section> sections = list(in, from -> new Section(key(from), digest(from)));
      List<Removal> removals =
          list(in, from -> new Removal(from.getLong(), from.getInt(), key(from), digest(from)));
      return new ObjectHead(
          sequence, order, created, before, after, supersedes, sections, removals, events, blocks);
    } catch (BufferUnderflowException | DateTimeException e) {
      throw new IllegalArgumentException("head of " + bytes.length + " bytes can't be read", e);
    }
  }

  static byte[] encode(List<Block> blocks) {
    ByteBuffer out = ByteBuffer.allocate(blocks.size() * BLOCK_BYTES);
    for (Block block : blocks) {
      out.putLong(block.at()).putInt(block.bytes()).putInt(block.rawBytes());
      out.putInt(block.section()).putInt(block.firstOrdinal());
      out.putInt(block.events()).putInt(block.crc32c());
    }
    return out.array();
  }

  static List<Block> decodeBlocks(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Block> blocks = new ArrayList<>(bytes.length / BLOCK_BYTES);
    while (in.remaining() >= BLOCK_BYTES) {
      blocks.add(
          new Block(
              in.getLong(),
              in.getInt(),
              in.getInt(),
              in.getInt(),
              in.getInt(),
              in.getInt(),
              in.getInt()));
    }
    return blocks;
  }

  private static void section(DataOutputStream out, ProjectDay key, ContentDigest digest)
      throws IOException {
    out.writeLong(key.project().value());
    out.writeLong(key.day().toEpochDay());
    out.writeLong(digest.events());
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }

  private static ProjectDay key(ByteBuffer in) {
    return new ProjectDay(new ProjectId(in.getLong()), LocalDate.ofEpochDay(in.getLong()));
  }

  private static ContentDigest digest(ByteBuffer in) {
    return new ContentDigest(in.getLong(), in.getLong(), in.getLong());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static <T> List<T> list(ByteBuffer in, Function<ByteBuffer, T> element) {
    int size = in.getInt();
    if (size < 0 || size > in.remaining() / Long.BYTES) {
      throw new BufferUnderflowException();
    }
    List<T> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(element.apply(in));
    }
    return elements;
  }
}
