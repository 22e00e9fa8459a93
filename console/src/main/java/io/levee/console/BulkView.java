package io.levee.console;

import org.jspecify.annotations.Nullable;

/**
 * What changing many issues at once needs.
 *
 * @param asOf what the list shows, so that nothing else is changed
 * @param undo takes back what was just done; null when there is nothing to take back
 * @param words what was just done
 */
record BulkView(String asOf, @Nullable String undo, String words) {}
