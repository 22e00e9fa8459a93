package io.levee.local.index;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.compressing.Compressor;
import org.apache.lucene.codecs.compressing.Decompressor;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/** Blocks of stored events: {@code vInt bytes, one zstd frame}. */
final class ZstdBlocks extends CompressionMode {
  /** The only one: Lucene copies blocks as they are between segments of the same mode. */
  static final CompressionMode MODE = new ZstdBlocks();

  /** Level 3 takes three times as long and packs blocks of this size no better. */
  private static final int LEVEL = 1;

  private ZstdBlocks() {}

  @Override
  public Compressor newCompressor() {
    return new BlockWriter();
  }

  @Override
  public Decompressor newDecompressor() {
    return new BlockReader();
  }

  @Override
  public String toString() {
    return "zstd-" + LEVEL;
  }

  private static final class BlockWriter extends Compressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] plain = new byte[0];
    private byte[] packed = new byte[0];

    BlockWriter() {
      context.setLevel(LEVEL);
      context.setContentSize(false);
    }

    @Override
    public void compress(ByteBuffersDataInput in, DataOutput out) throws IOException {
      int length = Math.toIntExact(in.length());
      plain = ArrayUtil.growNoCopy(plain, length);
      in.readBytes(plain, 0, length);
      packed = ArrayUtil.growNoCopy(packed, Math.toIntExact(Zstd.compressBound(length)));
      int size = context.compressByteArray(packed, 0, packed.length, plain, 0, length);
      out.writeVInt(size);
      out.writeBytes(packed, size);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static final class BlockReader extends Decompressor {
    private byte[] packed = new byte[0];

    @Override
    public void decompress(DataInput in, int originalLength, int offset, int length, BytesRef to)
        throws IOException {
      int size = in.readVInt();
      if (originalLength == 0 || length == 0) {
        in.skipBytes(size);
        to.length = 0;
        return;
      }
      packed = ArrayUtil.growNoCopy(packed, size);
      in.readBytes(packed, 0, size);
      to.bytes = ArrayUtil.growNoCopy(to.bytes, originalLength);
      try {
        long got = Zstd.decompressByteArray(to.bytes, 0, originalLength, packed, 0, size);
        if (got != originalLength) {
          throw new CorruptIndexException("zstd block: " + got + " of " + originalLength, in);
        }
      } catch (ZstdException e) {
        throw new CorruptIndexException("zstd block: " + e.getMessage(), in, e);
      }
      to.offset = offset;
      to.length = length;
    }

    @Override
    public Decompressor clone() {
      return new BlockReader();
    }
  }
}
