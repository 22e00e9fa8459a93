package io.levee.engine.index;

/**
 * How many.
 *
 * @param events the sum of the weights
 * @param stored how many of them are stored; less than events when some were sampled
 */
public record EventCount(long events, long stored) {}
