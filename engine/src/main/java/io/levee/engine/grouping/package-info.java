/**
 * Which events are the same problem: version 2 of the algorithm, projects' own rules, why an event
 * is in its issue, and what people teach by merging and taking apart. Version 1 stays in {@link
 * io.levee.engine.issue}; see {@code docs/grouping.md}.
 */
@NullMarked
package io.levee.engine.grouping;

import org.jspecify.annotations.NullMarked;
