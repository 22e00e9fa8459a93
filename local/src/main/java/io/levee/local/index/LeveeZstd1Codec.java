package io.levee.local.index;

import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;

/**
 * The codec of slices that were written before there were dictionaries. Nothing is written with it
 * any more; what it wrote is copied into {@link LeveeCodec} when segments are merged.
 */
public final class LeveeZstd1Codec extends FilterCodec {
  private static final int BLOCK_BYTES = 96 * 1024;
  private static final int BLOCK_EVENTS_MAX = 512;
  private static final int INDEX_SHIFT = 10;

  private final StoredFieldsFormat stored =
      new Lucene90CompressingStoredFieldsFormat(
          "LeveeZstd1Stored", ZstdBlocks.PLAIN, BLOCK_BYTES, BLOCK_EVENTS_MAX, INDEX_SHIFT);

  /** Called by Lucene, through the service file, for segments that name this codec. */
  public LeveeZstd1Codec() {
    super("LeveeZstd1", new Lucene104Codec());
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return stored;
  }
}
