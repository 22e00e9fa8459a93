package io.levee.local.index;

/**
 * What the frames of an exception say of the code, known by its content: equal for frames that give
 * an event the same terms, and the same in every run.
 *
 * @param hash 64 bits of a SHA-256 over the terms' values, in order
 * @param values how many values there are to be found by
 */
record Stack(long hash, int values) {}
