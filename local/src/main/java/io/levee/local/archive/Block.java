package io.levee.local.archive;

/**
 * One zstd frame of an object.
 *
 * @param at byte position in the object
 * @param bytes length of the frame
 * @param rawBytes length of the NDJSON text in it
 * @param section index of its project and day in {@link ObjectHead#sections}
 * @param firstOrdinal the number of its first event in the object
 * @param events lines
 * @param crc32c checksum of the frame
 */
record Block(
    long at, int bytes, int rawBytes, int section, int firstOrdinal, int events, int crc32c) {
  boolean holds(int ordinal) {
    return ordinal >= firstOrdinal && ordinal < firstOrdinal + events;
  }
}
