/**
 * Which ids were accepted lately, in memory and in sidecar files.
 *
 * <h2>In memory</h2>
 *
 * <p>A key is a 64-bit mix of project and event id; it lies in an open-addressing table of its
 * <b>stripe</b>, with the generation in which it was claimed: a generation lasts an hour, or until
 * it has an eighth of the keys that may be; then the next begins and the oldest may go. Two
 * different events share a key with a probability of remembered keys / 2^64: with ten million
 * remembered, one accepted event in 1.8 × 10^12 would be taken for a retry. 8 bytes a slot, and a
 * slot in two or three is empty.
 *
 * <h2>Files (all numbers big endian)</h2>
 *
 * <pre>
 * ids-&lt;19 digits: sequence&gt;.keys            one file an hour or 1,000,000 keys
 *
 * frame   4 magic "LVID"   4 bytes of positions   4 keys   8 time, ms since the epoch
 *         n positions before and behind these keys, as text, a space between
 *         8 × keys   4 CRC32C over all before
 * </pre>
 *
 * <p>A flush appends a frame to the newest file and forces it. A start reads all files whose last
 * frame is young enough; in each it stops at the first damaged frame. The bus is read again from
 * behind the last frame that continues those before it, so a frame that is lost costs a repeat of
 * the reading, never an id. A file is never appended to by another process than the one that made
 * it, which begins with the last frame that it found: that one may have been readable, but not
 * safe. A file is deleted when all in it is too old, or when newer files have all the keys that may
 * be.
 */
@NullMarked
package io.levee.local.accept;

import org.jspecify.annotations.NullMarked;
