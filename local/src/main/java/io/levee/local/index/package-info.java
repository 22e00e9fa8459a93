/**
 * The embedded index: Lucene, one directory a day of event time, all projects together.
 *
 * <pre>
 * CURRENT                      names the generation that counts (replaced atomically)
 * generation-1/                one whole index; a rebuild makes the next beside it
 *   checkpoint                 positions, and the days that were committed with them
 *   2026-11-21/                a slice: a Lucene index; its commit data names the positions too
 *     dictionary-&lt;hash&gt;        events that its stored events are packed against: see EventDictionary
 * quarantine/2026-11-20-1/     what could not be opened, kept for somebody to look at
 * </pre>
 *
 * A flush commits the slices one after the other and then writes the checkpoint. A crash in between
 * leaves some slices ahead of the checkpoint; what is delivered again replaces itself there, by
 * project and id, so that nothing counts twice. Recovery is the same as starting.
 *
 * <p>A slice has two sorts of documents, and {@link io.levee.local.index.Schema} their fields:
 *
 * <pre>
 * event    key, exact, words, text.*, number, doc values, json;  stack = hash of each of its stacks
 *          keys, uncounted: see KnownKeys and LeafValues; slices of earlier versions have neither
 * stack    stack_key = hash;  stack_exact, stack_words: what its frames give every such event
 * </pre>
 *
 * Stored events lie in zstd blocks ({@link io.levee.local.index.LeveeCodec}); segments that were
 * written before there were dictionaries name {@link io.levee.local.index.LeveeZstd1Codec}. Ids of
 * traces and spans give the terms that {@link io.levee.local.index.TraceIds} tells of.
 *
 * <p>Frames that have no stack document give their terms to the event, in {@code exact} and {@code
 * words}. So do all frames in slices that were written before there were stack documents; both
 * forms may lie in one slice, and questions ask for both. Whoever reads a slice other than by a
 * project's events must step over the documents that have a {@code stack_key}.
 */
@NullMarked
package io.levee.local.index;

import org.jspecify.annotations.NullMarked;
