package io.levee.local.index;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.codecs.compressing.CompressionMode;
import org.apache.lucene.codecs.compressing.Compressor;
import org.apache.lucene.codecs.compressing.Decompressor;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of stored events: {@code vInt bytes, one zstd frame}. Lucene copies blocks as they are
 * between segments whose mode is the same object, so there is one of each dictionary.
 */
final class ZstdBlocks extends CompressionMode {
  /** Blocks that stand for themselves. */
  static final CompressionMode PLAIN = new ZstdBlocks(null);

  /** Level 3 takes three times as long and packs blocks of this size no better. */
  private static final int PLAIN_LEVEL = 1;

  /**
   * Contexts for unpacking that nobody uses now; making one takes as long as a third of a block.
   * They keep nothing from one block to the next.
   */
  private static final BlockingQueue<ZstdDecompressCtx> IDLE = new ArrayBlockingQueue<>(4);

  private final @Nullable EventDictionary dictionary;

  ZstdBlocks(@Nullable EventDictionary dictionary) {
    this.dictionary = dictionary;
  }

  @Override
  public Compressor newCompressor() {
    return new BlockWriter(dictionary);
  }

  @Override
  public Decompressor newDecompressor() {
    return new BlockReader(dictionary);
  }

  @Override
  public String toString() {
    return dictionary == null ? "zstd" : "zstd with " + dictionary.name();
  }

  private static final class BlockWriter extends Compressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] plain = new byte[0];
    private byte[] packed = new byte[0];

    BlockWriter(@Nullable EventDictionary dictionary) {
      context.setContentSize(false);
      if (dictionary == null) {
        context.setLevel(PLAIN_LEVEL);
      } else {
        context.loadDict(dictionary.packing());
      }
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
    private final @Nullable EventDictionary dictionary;
    private byte[] packed = new byte[0];

    BlockReader(@Nullable EventDictionary dictionary) {
      this.dictionary = dictionary;
    }

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
        long got = unpack(to.bytes, originalLength, size);
        if (got != originalLength) {
          throw new CorruptIndexException("zstd block: " + got + " of " + originalLength, in);
        }
      } catch (ZstdException e) {
        throw new CorruptIndexException("zstd block: " + e.getMessage(), in, e);
      }
      to.offset = offset;
      to.length = length;
    }

    private long unpack(byte[] to, int originalLength, int size) {
      EventDictionary with = dictionary;
      if (with == null) {
        return Zstd.decompressByteArray(to, 0, originalLength, packed, 0, size);
      }
      ZstdDecompressCtx idle = IDLE.poll();
      ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
      boolean kept = false;
      try {
        context.loadDict(with.unpacking());
        long got = context.decompressByteArray(to, 0, originalLength, packed, 0, size);
        kept = IDLE.offer(context);
        return got;
      } finally {
        if (!kept) {
          context.close();
        }
      }
    }

    @Override
    public Decompressor clone() {
      return new BlockReader(dictionary);
    }
  }
}
