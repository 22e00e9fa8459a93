package io.levee.local.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/** Text to zstd frame and back. Packing is for one thread at a time, unpacking for any. */
final class BlockCodec implements AutoCloseable {
  private final ZstdCompressCtx context;
  private byte[] scratch = new byte[0];

  BlockCodec(int level) {
    context = new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true);
  }

  /** One frame with the text's length and checksum in it. */
  byte[] pack(byte[] text, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    int packed = context.compressByteArray(scratch, 0, bound, text, 0, length);
    return Arrays.copyOf(scratch, packed);
  }

  /**
   * The text of one frame.
   *
   * @throws IllegalArgumentException when the frame is damaged or has another length
   */
  static byte[] unpack(byte[] frame, int at, int bytes, int rawBytes) {
    byte[] text = new byte[rawBytes];
    long length;
    try {
      length = Zstd.decompressByteArray(text, 0, rawBytes, frame, at, bytes);
    } catch (ZstdException e) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes: " + e.getMessage(), e);
    }
    if (Zstd.isError(length) || length != rawBytes) {
      throw new IllegalArgumentException(
          "frame: " + length + " bytes (expected: " + rawBytes + ")");
    }
    return text;
  }

  @Override
  public void close() {
    context.close();
  }
}
