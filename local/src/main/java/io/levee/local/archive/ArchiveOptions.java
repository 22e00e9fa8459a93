package io.levee.local.archive;

/**
 * How a {@link FileArchive} lays out what it writes. Nothing here changes what it can read.
 *
 * @param blockRawBytes text in a compressed block before it is closed, 4 KiB to 16 MiB; larger
 *     blocks find more of what repeats, and cost more to open for one event
 * @param compressionLevel of zstd, 1 to 19
 * @param pendingBytesMax memory for what was applied but not flushed, compressed or waiting for its
 *     block to fill; at the limit the archive flushes by itself, 1 MiB to 1 GiB
 * @param openRawBytesMax the part of it that may wait uncompressed; past it the fullest block is
 *     closed early, so that many projects at once cost space, not memory
 * @param filterBytesMax memory for the id filters of the newest objects; those of older objects are
 *     asked on disk
 * @param objectBytesMax compaction makes no object larger than about this
 */
public record ArchiveOptions(
    int blockRawBytes,
    int compressionLevel,
    long pendingBytesMax,
    long openRawBytesMax,
    long filterBytesMax,
    long objectBytesMax) {
  /** Good for a machine with a gigabyte of memory to spare. */
  public static final ArchiveOptions DEFAULT =
      new ArchiveOptions(1 << 20, 3, 48L << 20, 16L << 20, 64L << 20, 128L << 20);

  public ArchiveOptions {
    check("blockRawBytes", blockRawBytes, 4 << 10, 16 << 20);
    check("compressionLevel", compressionLevel, 1, 19);
    check("pendingBytesMax", pendingBytesMax, 1 << 20, 1 << 30);
    check("openRawBytesMax", openRawBytesMax, 4 << 10, pendingBytesMax);
    check("filterBytesMax", filterBytesMax, 0, 1L << 40);
    check("objectBytesMax", objectBytesMax, 1 << 10, 1 << 30);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + min + ".." + max + ")");
    }
  }
}
