/**
 * The archive in files: canonical JSON in zstd frames, one object a flush, readable without us:
 * {@code zstdcat generation-*&#47;*.ndjson.zst | jq}.
 *
 * <h2>Files</h2>
 *
 * <pre>
 * lock                                      held while a process has the archive open
 * CURRENT                                   the folder that counts, and the CRC32C of its name
 * generation-&lt;10 digits&gt;/                   a rebuild makes the next one and then points CURRENT to it
 *   &lt;sequence&gt;-&lt;day&gt;-p&lt;partition&gt;.&lt;from&gt;.&lt;to&gt;.ndjson.zst
 *                                           an object: 19 digits, day of the flush, offsets on the bus
 *   &lt;sequence&gt;.tmp                          an object being written; removed at start
 * </pre>
 *
 * <h2>Object, format 1 (all numbers of ours big endian)</h2>
 *
 * <pre>
 * zstd frame     block: NDJSON of ONE project and UTC day; with length and checksum
 * zstd frame     …
 * skippable      the footer, which a zstd decoder passes over (RFC 8878, 3.1.2)
 *   4  magic 50 2A 4D 18      4  bytes that follow (these 8 bytes little endian, as zstd has them)
 *   block table  a block:  8 position   4 bytes   4 raw bytes   4 section
 *                          4 first ordinal   4 events   4 CRC32C of the frame
 *   id table     an event: 44 bits hash of project and id, 20 bits ordinal; sorted as one number
 *   filter       split-block Bloom filter of the hashes: 32 bytes for every 16 events
 *   head         8 sequence   8 order   8 created, ms since the epoch
 *                text positions before   text positions after   4 events   4 blocks
 *                4 n, n × 8 superseded sequence
 *                4 n, n × section: 8 project   8 day   24 digest
 *                4 n, n × removal: 8 sequence   4 ordinal   8 project   8 day   24 digest
 *   trailer, 48  bytes and CRC32C (4 + 4) of: block table, id table, filter, head
 *                4 format version (1)   4 CRC32C over 0..36   8 magic "LVARCHIV"
 *
 * text = 4 bytes, UTF-8       day = days since 1970-01-01       ordinal = number of the event in its object
 * digest = 8 events, 16 sum of SHA-256 prefixes (ContentDigest)
 * </pre>
 *
 * <h2>Rules</h2>
 *
 * <ul>
 *   <li>An object is written under a temporary name, forced, renamed, its folder forced; then it is
 *       never changed. Its positions are its own: those of the sound object with the highest
 *       <b>order</b> are the committed ones.
 *   <li>What was applied waits in memory, compressed. A flush that fails leaves it there; what it
 *       may have left on disk is removed before the next attempt.
 *   <li>An event is itself by project, day and id. The same content again is dropped. Other content
 *       <b>removes</b> the earlier event: the new object's head names object, ordinal and digest. A
 *       removed event is skipped by scans and finds, and its digest is subtracted, so that footers
 *       alone give exact counts and digests. The filters make the look-up cheap.
 *   <li>Retention drops whole objects; a mixed one is rewritten, whole blocks byte for byte. Small
 *       neighbours are joined. The new object names those that it <b>supersedes</b>; these are
 *       ignored from then on and deleted, at the next start if not before. An object without events
 *       holds the positions when nothing else can.
 *   <li>A damaged footer: the object stays where it is, its frames are read through at start, and
 *       what they hold is served; {@code check()} reports it. Damaged blocks and tables are found
 *       by their checksum when they are read. Nothing damaged is deleted or rewritten. If blocks
 *       before a replaced event are lost too, it may be served beside its replacement.
 *   <li>An unreadable CURRENT is set aside as CURRENT.damaged, and the only generation that has
 *       objects counts; when two have, because a rebuild was under way, the start stops.
 * </ul>
 *
 * <h2>Threads and memory</h2>
 *
 * <p>Whoever changes files holds one lock. Readers take none for long: they pin objects, whose
 * files are deleted behind the last reader. In memory: a few hundred bytes an object and what
 * {@link io.levee.local.archive.ArchiveOptions} allows for pending events and filters. Blocks are a
 * megabyte of text, which never lies in one array of the heap: it is gathered in pages and read in
 * pieces, no further than to the event that is sought.
 */
@NullMarked
package io.levee.local.archive;

import org.jspecify.annotations.NullMarked;
