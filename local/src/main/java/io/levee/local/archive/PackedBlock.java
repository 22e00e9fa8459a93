package io.levee.local.archive;

/**
 * A compressed block on its way into an object.
 *
 * @param frame zstd
 * @param rawBytes length of the text in it
 * @param hashes {@link EventHash} of its events, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, from the packer to the file.
record PackedBlock(ProjectDay key, byte[] frame, int rawBytes, long[] hashes) {}
