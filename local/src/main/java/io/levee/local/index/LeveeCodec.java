package io.levee.local.index;

import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;

/**
 * Lucene's own codec with stored fields in zstd blocks. Named in every segment, so the name stands
 * for the format on disk: a change of format needs a new name, and this one must stay readable.
 */
public final class LeveeCodec extends FilterCodec {
  private static final int BLOCK_BYTES = 96 * 1024;
  private static final int BLOCK_EVENTS_MAX = 512;
  private static final int INDEX_SHIFT = 10;

  private final StoredFieldsFormat stored =
      new Lucene90CompressingStoredFieldsFormat(
          "LeveeZstd1Stored", ZstdBlocks.MODE, BLOCK_BYTES, BLOCK_EVENTS_MAX, INDEX_SHIFT);

  /** Called by Lucene, through the service file, for segments that name this codec. */
  public LeveeCodec() {
    super("LeveeZstd1", new Lucene104Codec());
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return stored;
  }
}
