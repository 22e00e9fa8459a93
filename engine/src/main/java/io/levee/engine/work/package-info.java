/**
 * What people do about issues: states, priorities, comments, bookmarks, what was done and by whom,
 * and taking it back.
 */
@NullMarked
package io.levee.engine.work;

import org.jspecify.annotations.NullMarked;
