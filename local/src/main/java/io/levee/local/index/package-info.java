/**
 * The embedded index: Lucene, one directory a day of event time, all projects together.
 *
 * <pre>
 * CURRENT                      names the generation that counts (replaced atomically)
 * generation-1/                one whole index; a rebuild makes the next beside it
 *   checkpoint                 positions, and the days that were committed with them
 *   2026-11-21/                a slice: a Lucene index; its commit data names the positions too
 * quarantine/2026-11-20-1/     what could not be opened, kept for somebody to look at
 * </pre>
 *
 * A flush commits the slices one after the other and then writes the checkpoint. A crash in between
 * leaves some slices ahead of the checkpoint; what is delivered again replaces itself there, by
 * project and id, so that nothing counts twice. Recovery is the same as starting.
 */
@NullMarked
package io.levee.local.index;

import org.jspecify.annotations.NullMarked;
