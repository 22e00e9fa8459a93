/**
 * The durable log: an append-only sequence of records in checksummed segment files, with group
 * commit, independent readers and a recovery that runs at every start. It needs the JDK alone.
 *
 * <h2>Files</h2>
 *
 * <pre>
 * lock                                         held while a process has the spool open
 * &lt;first offset&gt;-&lt;generation&gt;-&lt;salt&gt;.seg        a segment: 19 digits, 10 digits, 16 hex digits
 * readers/&lt;name&gt;.0  readers/&lt;name&gt;.1          the last two checkpoints of a reader
 * readers/&lt;name&gt;.&lt;n&gt;.tmp                       a checkpoint being written; removed at open
 * quarantine/&lt;segment&gt;-&lt;position&gt;.bad         a copy of bytes that could not be read (.tmp while copied)
 * quarantine/&lt;segment&gt;.seg                     a whole damaged segment that could not be copied before its deletion
 * </pre>
 *
 * <h2>Segment, format 1 (all numbers big endian)</h2>
 *
 * <pre>
 * header, 48 bytes                    record, 40 bytes + payload           footer, 52 bytes, sealed segments only
 *  0  8  magic "LVSPOOL1"              0  4  mark: high half of the salt    0  4  magic "LVF1"
 *  8  4  format version (1)            4  4  CRC32C over salt, 8..end       4  4  records
 * 12  8  salt                          8  4  payload bytes                  8  8  first offset
 * 20  8  first offset                 12  8  offset                        16  8  next offset
 * 28  8  generation                   20  8  time, ms since the epoch      24  8  position of this footer
 * 36  8  created, ms since the epoch  28  4  place in its group            32  4  CRC32C over the CRCs of all records
 * 44  4  CRC32C over 0..44            32  4  records of its group          36  4  format version (1)
 *                                     36  4  place in its batch            40  8  salt
 *                                     40  n  payload                       48  4  CRC32C over 0..48
 * </pre>
 *
 * <p>A <b>group</b> is what one call appended: after a crash all of it is visible or nothing. A
 * <b>batch</b> is what one force made durable; a batch is written only after the one before was
 * forced, so a valid record at place {@code k} of its batch proves that every record below {@code
 * offset - k} had been acknowledged. The <b>salt</b> is random and secret: no payload can pose as a
 * record when the scan looks for the next one behind damage.
 *
 * <h2>Rules</h2>
 *
 * <ul>
 *   <li>A file once left is never written to again, except for the footer that recovery gives to a
 *       clean one. A failed write or force leaves the file as it is; the next batch goes to a new
 *       one that starts at the next offset.
 *   <li>Records at or above the first offset of a later segment were reported as failed: they are
 *       not there.
 *   <li>A damaged header is replaced by the file's name. A segment without a valid footer is
 *       scanned at open, others are trusted and checked record by record as they are read.
 *   <li>Damage with valid records behind it is skipped, copied to {@code quarantine/} and counted;
 *       the gap in the offsets is the number lost. Damage with nothing valid behind is a torn tail
 *       and handled alike. A group that a crash tore is hidden as a whole if nothing proves that it
 *       had been acknowledged.
 *   <li>Nothing is shown to readers before it is forced; recovery writes what it found again and
 *       forces it before it shows it, since the process before may have ended on a failed force.
 *   <li>No offset is ever given twice to records that a reader may have seen.
 * </ul>
 *
 * <h2>Threads</h2>
 *
 * <p>One writer thread a spool owns the open segment. One keeper thread writes checkpoints and
 * deletes passed segments. Everything else runs on the callers' threads, which may be virtual.
 */
@NullMarked
package io.levee.spool;

import org.jspecify.annotations.NullMarked;
