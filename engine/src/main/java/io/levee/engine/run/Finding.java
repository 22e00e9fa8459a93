package io.levee.engine.run;

/**
 * Something that isn't as it was written, found by reading it.
 *
 * @param what a sentence for an operator: where, and what to do about it
 * @param open whether something is still wrong; false for what has been mended already, and for
 *     what may as well be a write that a crash tore and that nobody was told of
 */
public record Finding(String what, boolean open) {}
