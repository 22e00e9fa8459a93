package io.levee.local.index;

import java.util.function.Supplier;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's own codec with stored fields in zstd blocks, which are packed with a dictionary where
 * the slice has one. Named in every segment, so the name stands for the format on disk: a change of
 * format needs a new name, and this one must stay readable.
 */
public final class LeveeCodec extends FilterCodec {
  private final StoredFieldsFormat stored;

  /** Called by Lucene, through the service file, for segments that name this codec. */
  public LeveeCodec() {
    this(() -> null);
  }

  /**
   * A codec that writes.
   *
   * @param dictionary asked once a segment, by any thread; none for plain blocks
   */
  LeveeCodec(Supplier<@Nullable EventDictionary> dictionary) {
    super("LeveeZstd2", new Lucene104Codec());
    stored = new DictionaryStoredFields(dictionary);
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return stored;
  }
}
