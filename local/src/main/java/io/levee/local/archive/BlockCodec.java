package io.levee.local.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/**
 * Text to zstd frame; {@link Lines} is the way back. The text is gathered outside the heap, where
 * its size troubles no collector. One thread at a time.
 */
final class BlockCodec implements AutoCloseable {
  private final ZstdCompressCtx context;
  private ByteBuffer text = ByteBuffer.allocateDirect(0);
  private ByteBuffer packed = ByteBuffer.allocateDirect(0);

  BlockCodec(int level) {
    context = new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true);
  }

  /** Begins with another text, of so many bytes. */
  void begin(int length) {
    if (text.capacity() < length) {
      text = ByteBuffer.allocateDirect(length);
      packed = ByteBuffer.allocateDirect(Math.toIntExact(Zstd.compressBound(length)));
    }
    text.clear();
  }

  void append(byte[] bytes, int length) {
    text.put(bytes, 0, length);
  }

  /** One frame with the text's length and checksum in it. */
  byte[] pack() {
    int size =
        context.compressDirectByteBuffer(packed, 0, packed.capacity(), text, 0, text.position());
    byte[] frame = new byte[size];
    packed.get(0, frame);
    return frame;
  }

  @Override
  public void close() {
    context.close();
  }
}
