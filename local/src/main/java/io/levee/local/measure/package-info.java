/**
 * The ledger's counts between the door and the database, in one file of fixed size.
 *
 * <pre>
 * file   int magic "LVLC"   int version (1)   int slots a half   zeros up to 4096
 *        half   half
 * half   long generation (0: empty)   zeros up to 64   slot × slots
 * slot   256 bytes:
 *        long quantity     int state ("USED": whole)   int 0
 *        long project (0: none that we know)   long minute since the epoch
 *        text outcome   text key   text category   text reason
 * text   byte length in UTF-8 bytes, at most 52   bytes
 * </pre>
 *
 * <p>The head is big-endian; the halves, which are written through a mapping, are in the machine's
 * own order. One half is added to; the other is empty or being given to the database. A slot's
 * state is written after its line, a half's generation is cleared last. The database keeps the
 * highest generation that it was given, in the transaction with the lines, and takes none twice.
 */
@NullMarked
package io.levee.local.measure;

import org.jspecify.annotations.NullMarked;
