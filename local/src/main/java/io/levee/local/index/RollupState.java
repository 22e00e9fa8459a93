package io.levee.local.index;

/**
 * The counts that an index holds of its segments, and what they were good for.
 *
 * @param rollups how many are held
 * @param bytes memory that they take
 * @param counted segments that were counted since the start
 * @param served times that a segment's count was there, since the start
 */
public record RollupState(int rollups, long bytes, long counted, long served) {}
