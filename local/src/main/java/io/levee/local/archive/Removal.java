package io.levee.local.archive;

import io.levee.engine.archive.ContentDigest;

/**
 * An event that a newer one with the same project, day and id has replaced. It stays in its block,
 * but no longer counts.
 *
 * @param object sequence number of the object that holds it; means nothing once that is gone
 * @param ordinal its number in that object
 * @param key its project and day
 * @param digest of the replaced event
 */
record Removal(long object, int ordinal, ProjectDay key, ContentDigest digest) {}
